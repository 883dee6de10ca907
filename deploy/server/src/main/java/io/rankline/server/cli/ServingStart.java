package io.rankline.server.cli;

import io.rankline.io.Folder;
import io.rankline.model.ListScorer;
import io.rankline.server.batch.BatchScheduler;
import io.rankline.server.model.ModelLease;
import io.rankline.server.model.ModelStart;
import io.rankline.server.warmup.WarmUp;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.Optional;

/** Versions warm up, and batch their lists where that is asked for. */
record ServingStart(Optional<BatchScheduler> batching, WarmUp warmUp) implements ModelStart {

  @Override
  public ListScorer scorer(SavedRankingModel model) {
    ListScorer plain = model::predictAll;
    return batching.map(scheduler -> scheduler.batching(plain)).orElse(plain);
  }

  @Override
  public void prepare(ModelLease lease, Folder folder) throws IOException {
    warmUp.run(lease, folder);
  }
}
