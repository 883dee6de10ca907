package io.rankline.spark.training;

import io.rankline.io.Storage;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.input.shard.DatasetFiles;
import io.rankline.pipeline.session.SessionRequest;
import io.rankline.pipeline.session.Strategies;
import io.rankline.spark.training.data.DealtLists;
import io.rankline.spark.training.data.ListDealer;
import io.rankline.spark.training.data.TrainingOrder;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The training data, divided among workers.
 *
 * @param files it comes from
 * @param dealer that read them
 * @param order in which it is trained on
 * @param lists on the executors
 */
record DealtTraining(DatasetFiles files, ListDealer dealer, TrainingOrder order, DealtLists lists) {

  /** What lists are there for. */
  enum Use {
    /** Steps on some of them at a time, in an order that is drawn. */
    STEPS,
    /** All at once, in the order of the files. */
    WHOLE
  }

  /** The files of the training data, checked to be there. */
  static DatasetFiles files(SessionRequest request, String strategy, Use use) throws IOException {
    RankingDataset data =
        use == Use.STEPS ? request.data().buildTrainDataset() : request.data().buildTrainPass();
    return data.files()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "strategy %s reads files on the executors, but the training data of %s comes from no files; use a SimpleDatasetBuilder or MultiLabelDatasetBuilder, or %s"
                        .formatted(
                            strategy,
                            request.data().getClass().getSimpleName(),
                            Strategies.MIRRORED)));
  }

  /**
   * Deals it out.
   *
   * @throws IllegalArgumentException for fewer lists, or a smaller batch, than there are workers
   * @throws IOException if a file cannot be read
   */
  static DealtTraining of(
      JavaSparkContext spark, DatasetFiles files, SessionRequest request, int workers, Use use)
      throws IOException {
    int batchSize = use == Use.STEPS ? files.settings().batchSize() : workers;
    if (batchSize < workers) {
      throw new IllegalArgumentException(
          "train_batch_size is that of all workers together and must be num_workers or more, got %s for %s workers"
              .formatted(batchSize, workers));
    }
    files.requireLearnable(Storage.of(spark.hadoopConfiguration()));
    ListDealer dealer = new ListDealer(spark, request.model().encoder());
    List<Long> counts = dealer.count(files);
    long count = counts.stream().mapToLong(Long::longValue).sum();
    if (count < workers) {
      throw new IllegalArgumentException(
          "'%s' holds %s lists, fewer than the %s workers; set strategy_options.num_workers to %s or less"
              .formatted(files.settings().name(), count, workers, count));
    }
    TrainingOrder order =
        TrainingOrder.of(
            count,
            workers,
            batchSize,
            files.settings().shuffleBufferSize(),
            files.settings().seed());
    return new DealtTraining(files, dealer, order, dealer.dealForTraining(files, counts, order));
  }
}
