/**
 * Losses of pairs of items. {@link io.rankline.loss.pairwise.PairwiseLoss} walks the pairs; a loss
 * is a {@link io.rankline.loss.pairwise.PairFunction} of a difference of scores.
 */
@NullMarked
package io.rankline.loss.pairwise;

import org.jspecify.annotations.NullMarked;
