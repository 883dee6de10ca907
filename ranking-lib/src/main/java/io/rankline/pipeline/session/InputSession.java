package io.rankline.pipeline.session;

import io.rankline.data.RankingList;
import io.rankline.metric.RankingMetric;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.input.BatchForm;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.validation.ModelValidator;
import io.rankline.pipeline.validation.Validation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A session on the batches of this process. */
abstract class InputSession<B> implements TrainingSession {

  private final RankingModel model;
  private final UnaryOperator<RankingList> transform;
  private final TrainingInput<B> input;

  InputSession(SessionRequest request, BatchForm<B> form) throws IOException {
    model = request.model();
    transform = model.encoder()::transform;
    input = new TrainingInput<>(request.data().buildTrainDataset(), transform, form);
  }

  final RankingModel model() {
    return model;
  }

  final TrainingInput<B> input() {
    return input;
  }

  @Override
  public final long stepsPerPass() throws IOException {
    return input.batchesPerPass();
  }

  @Override
  public final long skippedRecords() {
    return input.skippedRecords();
  }

  @Override
  public final EpochTotals train(long firstStep, long steps, StepListener listener)
      throws IOException {
    input.seek(firstStep);
    Duration waitedBefore = input.waited();
    long begin = System.nanoTime();
    StepTally tally = new StepTally(listener);
    take(steps, tally);
    return tally.totals(
        Duration.ofNanos(System.nanoTime() - begin), input.waited().minus(waitedBefore));
  }

  /**
   * Takes steps on the batches that {@link #input} gives next.
   *
   * @throws TrainingFailedException if a loss or the parameters after them are no finite numbers
   */
  abstract void take(long steps, StepTally tally) throws IOException;

  @Override
  public final Validation evaluate(
      RankingDataset dataset,
      @Nullable Long steps,
      List<RankingMetric> metrics,
      List<RankingMetric> weightedMetrics,
      boolean samples)
      throws IOException {
    return new ModelValidator(model, metrics, weightedMetrics, samples)
        .evaluate(dataset, transform, steps);
  }

  @Override
  public void close() {
    input.close();
  }
}
