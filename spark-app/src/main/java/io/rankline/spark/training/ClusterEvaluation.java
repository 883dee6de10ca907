package io.rankline.spark.training;

import io.rankline.metric.RankingMetric;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.input.shard.DatasetFiles;
import io.rankline.pipeline.replica.ModelBlueprint;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.pipeline.validation.ModelValidator;
import io.rankline.pipeline.validation.Validation;
import io.rankline.spark.training.data.DealtLists;
import io.rankline.spark.training.data.ListDealer;
import io.rankline.spark.training.data.SparkFailure;
import io.rankline.spark.training.job.EvaluationJob;
import io.rankline.spark.training.stage.Slots;
import io.rankline.spark.training.worker.EvaluationTask;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Evaluation on the executors. Batches are those that one process would make, so numbers are the
 * same as there.
 */
final class ClusterEvaluation implements AutoCloseable {

  private final JavaSparkContext spark;
  private final ListDealer dealer;
  private final ModelBlueprint blueprint;
  private final String session;
  private final int partitions;

  /** The data sets that were evaluated, whose lists stay on the executors. */
  private final IdentityHashMap<RankingDataset, DealtLists> known = new IdentityHashMap<>();

  ClusterEvaluation(
      JavaSparkContext spark,
      ListDealer dealer,
      ModelBlueprint blueprint,
      String session,
      int partitions) {
    this.spark = spark;
    this.dealer = dealer;
    this.blueprint = blueprint;
    this.session = session;
    this.partitions = partitions;
  }

  Validation evaluate(
      RankingModel model,
      RankingDataset dataset,
      @Nullable Long steps,
      List<RankingMetric> metrics,
      List<RankingMetric> weightedMetrics,
      boolean samples)
      throws IOException {
    if (dataset.files().isEmpty()) {
      // Data that the driver brings itself is evaluated there.
      return new ModelValidator(model, metrics, weightedMetrics, samples)
          .evaluate(dataset, model.encoder()::transform, steps);
    }
    DealtLists lists = lists(dataset, dataset.files().get());
    EvaluationJob job =
        new EvaluationJob(
            session,
            blueprint,
            ModelState.of(model.graph()),
            dataset.files().get().settings(),
            steps == null ? Long.MAX_VALUE : steps,
            List.copyOf(metrics),
            List.copyOf(weightedMetrics),
            samples,
            Slots.threadsOfWorker(spark));
    Broadcast<EvaluationJob> broadcast = spark.broadcast(job);
    List<Validation> parts;
    try {
      spark.setJobDescription("evaluate on " + dataset.files().get().settings().name());
      parts = lists.bands().mapPartitions(new EvaluationTask(broadcast)).collect();
    } catch (Exception e) {
      throw SparkFailure.asIoException(e);
    } finally {
      broadcast.destroy();
    }
    Validation whole = null;
    for (Validation part : parts) {
      whole = whole == null ? part : whole.merge(part, model.tasks());
    }
    if (whole == null) {
      throw new IOException("the data to evaluate holds no list");
    }
    return whole;
  }

  @Override
  public void close() {
    known.values().forEach(DealtLists::close);
    known.clear();
  }

  private DealtLists lists(RankingDataset dataset, DatasetFiles files) throws IOException {
    DealtLists dealt = known.get(dataset);
    if (dealt == null) {
      dealt = dealer.dealForEvaluation(files, dealer.count(files), partitions);
      known.put(dataset, dealt);
    }
    return dealt;
  }
}
