/**
 * Quality as a test bed: configurations trained on folds of the same queries, and what they reach
 * on queries that none of them has seen.
 *
 * <p>Start at {@link io.rankline.spark.quality.QualityRun}.
 */
@NullMarked
package io.rankline.spark.quality;

import org.jspecify.annotations.NullMarked;
