package io.rankline.pipeline.input.shard;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;

/** A record on its way to be decoded. */
public interface PendingList {

  /** How much memory the record takes. */
  int bytes();

  /**
   * Its list.
   *
   * @throws CorruptRecordException if it cannot be read; with its place
   */
  RankingList decode() throws CorruptRecordException;

  /** The fault of the record if a later step refuses its list; with its place. */
  CorruptRecordException refused(IllegalArgumentException why);
}
