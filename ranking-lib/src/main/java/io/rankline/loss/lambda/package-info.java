/**
 * Lambda weights: how much a pair of items, or a position, counts in a loss, by labels and by the
 * ranks that the scores give. They carry no gradient.
 *
 * <p>r is a rank from 1, highest score first; g a gain; {@code disc} a rank discount; L the padded
 * length of the list, which scales the DCG weights as in TF-Ranking, so that the size of a loss
 * depends on padding; topn counts ranks, all of them by default.
 */
@NullMarked
package io.rankline.loss.lambda;

import org.jspecify.annotations.NullMarked;
