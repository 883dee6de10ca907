package io.rankline.spark.training.job;

import io.rankline.metric.RankingMetric;
import io.rankline.pipeline.input.shard.InputSettings;
import io.rankline.pipeline.replica.ModelBlueprint;
import io.rankline.pipeline.replica.ModelState;
import java.io.Serializable;
import java.util.List;

/**
 * An evaluation, as every task receives it.
 *
 * @param session name of the training; executors keep its models between jobs
 * @param blueprint of the model
 * @param state of the model
 * @param input how batches are made
 * @param batches how many are evaluated, from the first
 * @param metrics of each task, all items counting alike
 * @param weightedMetrics of each task with the sample weights
 * @param samples whether values of single lists are kept
 * @param threads of a task
 */
public record EvaluationJob(
    String session,
    ModelBlueprint blueprint,
    ModelState state,
    InputSettings input,
    long batches,
    List<RankingMetric> metrics,
    List<RankingMetric> weightedMetrics,
    boolean samples,
    int threads)
    implements Serializable {}
