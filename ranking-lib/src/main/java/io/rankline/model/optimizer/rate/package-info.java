/**
 * The learning rate of every step: constant, by one of Keras's schedules, or with a warm-up before
 * either, and its text form.
 *
 * <p>Start at {@link io.rankline.model.optimizer.rate.LearningRate}. Steps count from 0.
 */
@NullMarked
package io.rankline.model.optimizer.rate;

import org.jspecify.annotations.NullMarked;
