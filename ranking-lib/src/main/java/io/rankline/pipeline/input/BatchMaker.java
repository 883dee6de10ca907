package io.rankline.pipeline.input;

import io.rankline.data.ListBatcher;
import io.rankline.data.RankingList;
import io.rankline.pipeline.input.pass.ListFlow;
import io.rankline.pipeline.input.pass.Seeds;
import io.rankline.pipeline.input.shard.InputSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes batches of lists. */
final class BatchMaker<B> {

  private final InputSettings settings;
  private final Seeds seeds;
  private final ListBatcher batcher;
  private final BatchForm<B> form;
  private long step;

  BatchMaker(InputSettings settings, BatchForm<B> form, long firstStep) {
    this.settings = settings;
    this.seeds = new Seeds(settings.seed());
    this.batcher = new ListBatcher(settings.listSize());
    this.form = form;
    this.step = firstStep;
  }

  /** The next batch of these lists, or null if there is none left. */
  @Nullable B next(ListFlow lists) throws IOException {
    // The order of items depends on the number of the step, so that any step can be the first.
    RandomGenerator items =
        settings.shuffleExamples() ? new SplittableRandom(seeds.items(step)) : null;
    step++;
    List<RankingList> batch = new ArrayList<>(settings.batchSize());
    RankingList list;
    while (batch.size() < settings.batchSize() && (list = lists.next()) != null) {
      batch.add((items == null ? list : list.shuffled(items)).truncated(settings.listSize()));
    }
    return batch.isEmpty() ? null : form.of(batcher, batch);
  }
}
