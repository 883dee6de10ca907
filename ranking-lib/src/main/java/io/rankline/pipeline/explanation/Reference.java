package io.rankline.pipeline.explanation;

import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.Evaluation;
import java.util.List;
import java.util.function.Function;

/**
 * Something that the model of a training is held against on the validation data, besides what every
 * training is held against: such as the truth of made-up data.
 *
 * @param name as in "true utility"
 * @param evaluation what it reaches under some metrics on the whole validation data
 */
public record Reference(String name, Function<List<RankingMetric>, Evaluation> evaluation) {}
