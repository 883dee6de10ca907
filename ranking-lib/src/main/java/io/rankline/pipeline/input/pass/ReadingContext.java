package io.rankline.pipeline.input.pass;

import io.rankline.data.RankingList;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.pipeline.input.shard.DamagedRecords;
import io.rankline.pipeline.input.shard.ListShard;
import io.rankline.pipeline.input.shard.ListStep;
import io.rankline.pipeline.input.shard.PendingList;
import io.rankline.pipeline.input.shard.RecordCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all readers of a data set share under one transform: the shards, what is known of them, and
 * how lists are made. Safe for use by several threads.
 */
public final class ReadingContext {

  private static final Logger log = LoggerFactory.getLogger(ReadingContext.class);

  private final List<ListShard> shards;
  private final List<ShardMemory> memories = new ArrayList<>();
  private final ListStep step;
  private final CorruptRecordPolicy policy;
  private final DamagedRecords damaged;

  public ReadingContext(
      List<ListShard> shards,
      MemoryBudget budget,
      ListStep step,
      CorruptRecordPolicy policy,
      DamagedRecords damaged) {
    this.shards = shards;
    this.step = step;
    this.policy = policy;
    this.damaged = damaged;
    for (int shard = 0; shard < shards.size(); shard++) {
      memories.add(new ShardMemory(budget));
    }
  }

  public int shards() {
    return shards.size();
  }

  ShardMemory memory(int shard) {
    return memories.get(shard);
  }

  CorruptRecordPolicy policy() {
    return policy;
  }

  RecordCursor open(int shard) throws IOException {
    return shards.get(shard).open(damaged);
  }

  /** The list of a record as the model reads it. */
  RankingList decode(PendingList record) throws CorruptRecordException {
    RankingList list = record.decode();
    try {
      return step.apply(list);
    } catch (IllegalArgumentException e) {
      throw record.refused(e);
    }
  }

  void skipped(CorruptRecordException fault) {
    damaged.accept(fault);
  }

  public long skippedRecords() {
    return damaged.count();
  }

  void closingFailed(int shard, IOException why) {
    log.warn("{} could not be closed", shards.get(shard).name(), why);
  }

  /** Number of lists of a pass, or -1 while that is not known. */
  public long lists() {
    long lists = 0;
    for (ShardMemory memory : memories) {
      int known = memory.lists(policy == CorruptRecordPolicy.SKIP);
      if (known < 0) {
        return -1;
      }
      lists += known;
    }
    return lists;
  }

  /** Forgets kept lists. */
  public void drop() {
    memories.forEach(ShardMemory::drop);
  }
}
