package io.rankline.pipeline.session;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.loss.NonFiniteScoreException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One replica in this process. */
final class LocalSession extends InputSession<ListBatch> {

  LocalSession(SessionRequest request) throws IOException {
    super(request, ListBatcher::batch);
  }

  @Override
  void take(long steps, StepTally tally) throws IOException {
    @Nullable ListBatch last = null;
    for (long k = 0; k < steps; k++) {
      ListBatch batch = input().next();
      double loss;
      try {
        loss = model().fitTransformed(batch);
      } catch (NonFiniteScoreException e) {
        throw FailedBatch.ofScores(input().step(), e, batch);
      }
      last = batch;
      if (!Double.isFinite(loss)) {
        throw FailedBatch.ofLoss(input().step(), loss, batch);
      }
      tally.add(loss, batch.batchSize(), batch.validItems());
    }
    FailedBatch.requireFinite(model(), input().step(), last);
  }
}
