package io.rankline.pipeline.input;

import io.rankline.data.ListBatcher;
import io.rankline.data.RankingList;
import java.util.List;

/**
 * What the lists of a batch are made into, on the thread that makes batches: {@code
 * ListBatcher::batch} pads them.
 */
@FunctionalInterface
public interface BatchForm<B> {

  /** The lists as they are, for those who work list by list. */
  BatchForm<List<RankingList>> LISTS = (batcher, lists) -> lists;

  /**
   * The form of a batch.
   *
   * @param batcher pads as the data set says
   * @param lists of the batch, transformed and cut to their size
   */
  B of(ListBatcher batcher, List<RankingList> lists);
}
