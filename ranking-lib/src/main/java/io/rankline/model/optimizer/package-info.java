/**
 * How parameters follow gradients: Keras's optimizers by name, gradient clipping, penalties on
 * weights, and how DL4J takes them.
 *
 * <p>Start at {@link io.rankline.model.optimizer.Optimizer}. Its parts are an {@link
 * io.rankline.model.optimizer.rule.UpdateRule}, the formula; a {@link
 * io.rankline.model.optimizer.rate.LearningRate}; a weight decay; and a {@link
 * io.rankline.model.optimizer.GradientClipping}.
 */
@NullMarked
package io.rankline.model.optimizer;

import org.jspecify.annotations.NullMarked;
