/**
 * Metrics over a data set: of files of predictions, of one ranker or two ({@link
 * io.rankline.spark.evaluation.PredictionEvaluation}). Contains no formula: those are in {@link
 * io.rankline.metric}.
 */
@NullMarked
package io.rankline.spark.evaluation;

import org.jspecify.annotations.NullMarked;
