package io.rankline.pipeline.input.pass;

import io.rankline.data.RankingList;
import org.jspecify.annotations.Nullable;

/** The slots of a shard that need not be read. */
final class KeptLists implements SlotSource {

  private final int shard;
  private final ShardMemory memory;
  private final PassedOver passedOver;

  /** Held on to, since another transform may make the memory forget them. */
  private final @Nullable RankingList[] kept;

  private int ordinal;

  KeptLists(int shard, ShardMemory memory, PassedOver passedOver) {
    this.shard = shard;
    this.memory = memory;
    this.passedOver = passedOver;
    this.kept = memory.allKept();
  }

  @Override
  public @Nullable Slot next() {
    while (ordinal < memory.records()) {
      int at = ordinal++;
      if (!memory.isDamaged(at)) {
        boolean left = passedOver.contains(shard, at) || at >= kept.length;
        return new Slot(shard, at, left ? null : kept[at]);
      }
    }
    return null;
  }

  @Override
  public void close() {}
}
