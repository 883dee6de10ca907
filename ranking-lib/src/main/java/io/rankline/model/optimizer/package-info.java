/**
 * How parameters follow gradients: Keras's optimizers by name, learning rate schedules, gradient
 * clipping.
 */
@NullMarked
package io.rankline.model.optimizer;

import org.jspecify.annotations.NullMarked;
