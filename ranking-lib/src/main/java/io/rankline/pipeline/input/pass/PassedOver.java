package io.rankline.pipeline.input.pass;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which records of each shard a pass leaves undecoded. */
final class PassedOver {

  /** By shard; null for every record. */
  private final BitSet @Nullable [] records;

  private PassedOver(BitSet @Nullable [] records) {
    this.records = records;
  }

  /** None, of that many shards; more can be added. */
  static PassedOver none(int shards) {
    BitSet[] none = new BitSet[shards];
    for (int shard = 0; shard < shards; shard++) {
      none[shard] = new BitSet();
    }
    return new PassedOver(none);
  }

  /** Every record of every shard. */
  static PassedOver everything() {
    return new PassedOver(null);
  }

  void add(Slot slot) {
    if (records != null) {
      records[slot.shard()].set(slot.ordinal());
    }
  }

  boolean contains(int shard, int ordinal) {
    return records == null || records[shard].get(ordinal);
  }
}
