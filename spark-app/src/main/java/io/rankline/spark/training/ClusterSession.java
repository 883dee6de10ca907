package io.rankline.spark.training;

import io.rankline.metric.RankingMetric;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.input.shard.DatasetFiles;
import io.rankline.pipeline.replica.ModelBlueprint;
import io.rankline.pipeline.session.SessionRequest;
import io.rankline.pipeline.session.TrainingSession;
import io.rankline.pipeline.validation.Validation;
import io.rankline.spark.training.stage.JobWatch;
import io.rankline.spark.training.stage.Slots;
import io.rankline.spark.training.watch.WorkerGauges;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * A session on the executors of a Spark application: a worker a slot, each with lists of its own,
 * which also evaluate.
 */
abstract class ClusterSession implements TrainingSession {

  private final JavaSparkContext spark;
  private final RankingModel model;
  private final Duration patience;
  private final int workers;
  private final ModelBlueprint blueprint;
  private final DealtTraining training;
  private final ClusterEvaluation evaluation;
  private final String name = UUID.randomUUID().toString();

  /**
   * Waits for the workers' slots and deals the lists out to them.
   *
   * @param use of the lists
   * @param wanted number of workers; null for as many as there are slots
   * @param patience how long to wait for slots
   * @param whyFixed why the number of executors must not change, for the message
   */
  ClusterSession(
      JavaSparkContext spark,
      SessionRequest request,
      String strategy,
      DealtTraining.Use use,
      @Nullable Integer wanted,
      Duration patience,
      String whyFixed)
      throws IOException {
    this.spark = spark;
    this.model = request.model();
    this.patience = patience;
    DatasetFiles files = DealtTraining.files(request, strategy, use);
    this.workers = Slots.workers(spark, wanted, patience, whyFixed);
    this.blueprint = ModelBlueprint.of(model, request.hparams().preparation());
    Travelling.require("dataset builder " + request.data().getClass().getName(), files);
    Travelling.require("model " + model.name(), blueprint);
    this.training =
        JobWatch.run(spark, patience, () -> DealtTraining.of(spark, files, request, workers, use));
    this.evaluation = new ClusterEvaluation(spark, training.dealer(), blueprint, name, workers);
  }

  final JavaSparkContext spark() {
    return spark;
  }

  final RankingModel model() {
    return model;
  }

  final ModelBlueprint blueprint() {
    return blueprint;
  }

  final int workers() {
    return workers;
  }

  /** What tells this session's jobs from those of others. */
  final String name() {
    return name;
  }

  final DealtTraining training() {
    return training;
  }

  @Override
  public long stepsPerPass() {
    return training.order().batchesPerPass();
  }

  @Override
  public final long skippedRecords() {
    return training.lists().skipped();
  }

  @Override
  public final Validation evaluate(
      RankingDataset dataset,
      @Nullable Long steps,
      List<RankingMetric> metrics,
      List<RankingMetric> weightedMetrics,
      boolean samples)
      throws IOException {
    return JobWatch.run(
        spark,
        patience,
        () -> evaluation.evaluate(model, dataset, steps, metrics, weightedMetrics, samples));
  }

  @Override
  public void close() {
    WorkerGauges.end();
    training.lists().close();
    evaluation.close();
  }
}
