/**
 * Spark ML: an estimator, its model, an evaluator of rankings, and folds of whole queries.
 *
 * <p>Start at {@link io.rankline.spark.ml.NeuralRanker}. A fit makes lists of a table ({@code
 * io.rankline.spark.table}), writes them as files, and trains on these as the command line does.
 */
@NullMarked
package io.rankline.spark.ml;

import org.jspecify.annotations.NullMarked;
