/**
 * Losses of single items. {@link io.rankline.loss.pointwise.PointwiseLoss} walks the items; a loss
 * is what it says of one.
 */
@NullMarked
package io.rankline.loss.pointwise;

import org.jspecify.annotations.NullMarked;
