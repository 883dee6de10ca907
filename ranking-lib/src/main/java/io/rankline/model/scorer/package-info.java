/**
 * Scorers: from the rows of a graph to scores.
 *
 * <p>Start at {@link io.rankline.model.scorer.Scorer}, the contract; {@link
 * io.rankline.model.scorer.DNNScorer} is the one most take.
 */
@NullMarked
package io.rankline.model.scorer;

import org.jspecify.annotations.NullMarked;
