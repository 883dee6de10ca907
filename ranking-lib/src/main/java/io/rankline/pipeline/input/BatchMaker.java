package io.rankline.pipeline.input;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.RankingList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes batches of lists. */
final class BatchMaker {

  private final InputSettings settings;
  private final Seeds seeds;
  private final ListBatcher batcher;
  private long step;

  BatchMaker(InputSettings settings, long firstStep) {
    this.settings = settings;
    this.seeds = new Seeds(settings.seed());
    this.batcher = settings.batcher(settings.listSize()).build();
    this.step = firstStep;
  }

  /** The next batch of these lists, or null if there is none left. */
  @Nullable ListBatch next(ListFlow lists) throws IOException {
    List<RankingList> batch = new ArrayList<>(settings.batchSize());
    RankingList list;
    while (batch.size() < settings.batchSize() && (list = lists.next()) != null) {
      batch.add(list);
    }
    return batch.isEmpty() ? null : batcher(step++).batch(batch);
  }

  private ListBatcher batcher(long ofStep) {
    // The order of items hangs on the number of the step, so that any step can be the first.
    return settings.shuffleExamples()
        ? settings.batcher(settings.listSize()).shuffleExamples(seeds.items(ofStep)).build()
        : batcher;
  }
}
