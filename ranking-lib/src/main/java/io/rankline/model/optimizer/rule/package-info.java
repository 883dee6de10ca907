/**
 * The formulas of Keras's optimizers: a record each, whose components are its options.
 *
 * <p>Start at {@link io.rankline.model.optimizer.rule.OptimizerKey}, the list of them.
 *
 * <p>In formulas g is the gradient of a parameter, w the parameter, lr the learning rate, t the
 * number of the step from 1; state starts at 0 unless stated otherwise. Formulas and defaults are
 * those of Keras 3. DL4J's own updaters of the same names differ: in the place of epsilon, in the
 * start of AdaGrad's accumulator, in momentum without Nesterov's correction.
 */
@NullMarked
package io.rankline.model.optimizer.rule;

import org.jspecify.annotations.NullMarked;
