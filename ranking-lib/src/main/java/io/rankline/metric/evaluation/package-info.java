/**
 * Metrics over many lists. {@link io.rankline.metric.evaluation.Evaluator} runs them list by list;
 * the {@link io.rankline.metric.evaluation.MetricMean} of each can be merged with that of other
 * lists, in any order, without a change of the result.
 */
@NullMarked
package io.rankline.metric.evaluation;

import org.jspecify.annotations.NullMarked;
