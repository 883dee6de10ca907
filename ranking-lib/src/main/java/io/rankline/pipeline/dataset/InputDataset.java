package io.rankline.pipeline.dataset;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.pipeline.input.PrefetchedBatches;
import io.rankline.pipeline.input.ShardedLists;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A data set that is read in the background. */
record InputDataset(ShardedLists lists, Optional<ListFiles> files) implements RankingDataset {

  InputDataset(ShardedLists lists) {
    this(lists, Optional.empty());
  }

  @Override
  public BatchStream open(UnaryOperator<RankingList> transform, long firstStep) throws IOException {
    return new Stream(lists.open(transform, firstStep));
  }

  @Override
  public void requireUsable() throws IOException {
    lists.check();
  }

  @Override
  public long batchesPerPass() throws IOException {
    return lists.batchesPerPass();
  }

  private record Stream(PrefetchedBatches batches) implements BatchStream {

    @Override
    public @Nullable ListBatch next() throws IOException {
      return batches.next();
    }

    @Override
    public Duration waited() {
      return batches.waited();
    }

    @Override
    public long skippedRecords() {
      return batches.skippedRecords();
    }

    @Override
    public void close() {
      batches.close();
    }
  }
}
