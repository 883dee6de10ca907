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
  private final UnaryOperator<RankingList> transform;
  private final TrainingInput input;

  LocalSession(SessionRequest request) throws IOException {
    model = request.model();
    transform = model.encoder()::transform;
    input = new TrainingInput(request.data().buildTrainDataset(), transform);
  }

  @Override
  public long stepsPerPass() throws IOException {
    return input.batchesPerPass();
  }

  @Override
  public EpochTotals train(long firstStep, long steps, StepListener listener) throws IOException {
    input.seek(firstStep);
    Duration waitedBefore = input.waited();
    long begin = System.nanoTime();
    double lossSum = 0;
    long lists = 0;
    long items = 0;
    ListBatch last = null;
    for (long k = 0; k < steps; k++) {
      ListBatch batch = input.next();
      double loss;
      try {
        loss = model.fitTransformed(batch);
      } catch (NonFiniteScoreException e) {
        throw FailedBatch.ofScores(input.step(), e, batch);
      }
      last = batch;
      if (!Double.isFinite(loss)) {
        throw FailedBatch.ofLoss(input.step(), loss, batch);
      }
      int valid = batch.validItems();
      lossSum += loss;
      lists += batch.batchSize();
      items += valid;
      listener.onStep(loss, batch.batchSize(), valid);
    }
    FailedBatch.requireFinite(model, input.step(), last);
    return new EpochTotals(
        lossSum,
        steps,
        lists,
        items,
        Duration.ofNanos(System.nanoTime() - begin),
        input.waited().minus(waitedBefore));
  }

  @Override
  public Validation evaluate(
      RankingDataset dataset,
      @Nullable Long steps,
      List<RankingMetric> metrics,
      List<RankingMetric> weightedMetrics,
      boolean samples)
      throws IOException {
    return new DatasetEvaluator(model, metrics, weightedMetrics, samples)
        .evaluate(dataset, transform, steps);
  }

  @Override
  public void close() {
    input.close();
  }
}
