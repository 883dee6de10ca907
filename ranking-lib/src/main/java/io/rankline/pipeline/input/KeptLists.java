package io.rankline.pipeline.input;

import org.jspecify.annotations.Nullable;

/** The slots of a shard that need not be read. */
final class KeptLists implements SlotSource {

  private final int shard;
  private final ShardMemory memory;
  private final PassedOver passedOver;
  private int ordinal;

  KeptLists(int shard, ShardMemory memory, PassedOver passedOver) {
    this.shard = shard;
    this.memory = memory;
    this.passedOver = passedOver;
  }

  @Override
  public @Nullable Slot next() {
    while (ordinal < memory.records()) {
      int at = ordinal++;
      if (!memory.isDamaged(at)) {
        return new Slot(shard, at, passedOver.contains(shard, at) ? null : memory.kept(at));
      }
    }
    return null;
  }

  @Override
  public void close() {}
}
