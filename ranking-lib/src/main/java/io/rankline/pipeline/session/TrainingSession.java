package io.rankline.pipeline.session;

import io.rankline.metric.RankingMetric;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.validation.Validation;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where steps are taken: on one replica here, or on many elsewhere. Whatever it does meanwhile,
 * between calls the request's model holds the parameters and the updater's state.
 */
public interface TrainingSession extends AutoCloseable {

  /** Number of steps of one pass over the training data. */
  long stepsPerPass() throws IOException;

  /**
   * Takes training steps.
   *
   * @param firstStep number of steps taken before, over all epochs and runs
   * @param steps how many to take
   * @throws TrainingFailedException if the loss is no finite number
   */
  EpochTotals train(long firstStep, long steps, StepListener listener) throws IOException;

  /**
   * Scores a data set and evaluates it.
   *
   * @param steps number of batches, from the first; null for all
   * @param metrics of each task, all items counting alike
   * @param weightedMetrics of each task with the sample weights
   * @param samples whether values of single lists are kept, for intervals
   * @throws IOException also for a data set without lists
   */
  Validation evaluate(
      RankingDataset dataset,
      @Nullable Long steps,
      List<RankingMetric> metrics,
      List<RankingMetric> weightedMetrics,
      boolean samples)
      throws IOException;

  /** Damaged records of the training data that were left out so far. */
  default long skippedRecords() {
    return 0;
  }

  /**
   * What the next steps depend on besides the model, by name; it goes into checkpoints. Nothing
   * where there is no more to it.
   */
  default Map<String, Double> state() {
    return Map.of();
  }

  /** Goes on from a state; called before the first step. */
  default void restore(Map<String, Double> state) {}

  @Override
  void close();
}
