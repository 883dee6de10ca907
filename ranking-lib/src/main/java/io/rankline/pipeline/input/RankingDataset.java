package io.rankline.pipeline.input;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.RankingList;
import io.rankline.pipeline.input.shard.DatasetFiles;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Lists for training or validation, batch by batch.
 *
 * <p>Which lists a batch holds is a function of the data and the seed alone: a stream that is
 * opened at step n gives what another one gives after n batches.
 */
public interface RankingDataset {

  /**
   * Opens the stream of batches.
   *
   * @param transform applied once to each list, before it is kept; must be safe for several
   *     threads. Lists are kept for one transform: pass the same object each time
   * @param form what the lists of a batch are made into
   * @param firstStep number of batches to leave out, from 0
   */
  <B> BatchStream<B> open(UnaryOperator<RankingList> transform, BatchForm<B> form, long firstStep)
      throws IOException;

  /** Opens the stream of padded batches. */
  default BatchStream<ListBatch> open(UnaryOperator<RankingList> transform, long firstStep)
      throws IOException {
    return open(transform, ListBatcher::batch, firstStep);
  }

  /**
   * Refuses data that cannot be evaluated or learned from, before any work starts.
   *
   * @throws IOException if there is no list, or a label has no value above 0; for a data set of
   *     your own, nothing unless it overrides this
   */
  default void requireUsable() throws IOException {}

  /** Number of batches of one pass over the data; may need to read it. */
  long batchesPerPass() throws IOException;

  /** The files that it is made of, for other processes to read; empty where it is none of files. */
  default Optional<DatasetFiles> files() {
    return Optional.empty();
  }
}
