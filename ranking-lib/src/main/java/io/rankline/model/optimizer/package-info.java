/**
 * How parameters follow gradients: Keras's optimizers by name, learning rate schedules, gradient
 * clipping, penalties on weights.
 *
 * <p>Start at {@link io.rankline.model.optimizer.Optimizer}. Its parts are an {@link
 * io.rankline.model.optimizer.UpdateRule}, the formula; a {@link
 * io.rankline.model.optimizer.LearningRate}, constant or by schedule; a weight decay; and a {@link
 * io.rankline.model.optimizer.GradientClipping}.
 *
 * <p>In formulas g is the gradient of a parameter, w the parameter, lr the learning rate, t the
 * number of the step from 1; state starts at 0 unless stated otherwise. Formulas and defaults are
 * those of Keras 3. DL4J's own updaters of the same names differ: in the place of epsilon, in the
 * start of AdaGrad's accumulator, in momentum without Nesterov's correction.
 */
@NullMarked
package io.rankline.model.optimizer;

import org.jspecify.annotations.NullMarked;
