package io.rankline.pipeline;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.loss.NonFiniteScoreException;
import io.rankline.metric.RankingMetric;
import io.rankline.model.RankingModel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One replica in this process. */
final class LocalSession implements TrainingSession {

  private final RankingModel model;
  private final RankingDataset data;

  /** One object for every stream: data sets keep lists for the transform they were made by. */
  private final UnaryOperator<RankingList> transform;

  private @Nullable BatchStream stream;
  private long position = -1;

  LocalSession(SessionRequest request) throws IOException {
    model = request.model();
    transform = model.encoder()::transform;
    data = request.data().buildTrainDataset();
  }

  @Override
  public long stepsPerPass() throws IOException {
    return data.batchesPerPass();
  }

  @Override
  public EpochTotals train(long firstStep, long steps, StepListener listener) throws IOException {
    BatchStream batches = streamAt(firstStep);
    Duration waitedBefore = batches.waited();
    long begin = System.nanoTime();
    double lossSum = 0;
    long lists = 0;
    long items = 0;
    ListBatch last = null;
    for (long k = 0; k < steps; k++) {
      ListBatch batch = batches.next();
      if (batch == null) {
        throw new IOException(
            "the training data ended after %d steps; it must go on pass after pass"
                .formatted(position));
      }
      double loss;
      try {
        loss = model.fitTransformed(batch);
      } catch (NonFiniteScoreException e) {
        throw FailedBatch.ofScores(position + 1, e, batch);
      }
      position++;
      last = batch;
      if (!Double.isFinite(loss)) {
        throw FailedBatch.ofLoss(position, loss, batch);
      }
      int valid = batch.validItems();
      lossSum += loss;
      lists += batch.batchSize();
      items += valid;
      listener.onStep(loss, batch.batchSize(), valid);
    }
    FailedBatch.requireFinite(model, position, last);
    return new EpochTotals(
        lossSum,
        steps,
        lists,
        items,
        Duration.ofNanos(System.nanoTime() - begin),
        batches.waited().minus(waitedBefore));
  }

  @Override
  public Validation evaluate(
      RankingDataset dataset,
      @Nullable Long steps,
      List<RankingMetric> metrics,
      List<RankingMetric> weightedMetrics,
      boolean samples)
      throws IOException {
    DatasetEvaluator evaluator = new DatasetEvaluator(model, metrics, weightedMetrics, samples);
    long taken = 0;
    try (BatchStream batches = dataset.open(transform, 0)) {
      while (steps == null || taken < steps) {
        ListBatch batch = batches.next();
        if (batch == null) {
          break;
        }
        evaluator.add(batch);
        taken++;
      }
    }
    if (taken == 0) {
      throw new IOException("the data to evaluate holds no list");
    }
    return evaluator.validation();
  }

  @Override
  public void close() {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }

  private BatchStream streamAt(long step) throws IOException {
    BatchStream open = stream;
    if (open == null || position != step) {
      close();
      open = data.open(transform, step);
      stream = open;
      position = step;
    }
    return open;
  }
}
