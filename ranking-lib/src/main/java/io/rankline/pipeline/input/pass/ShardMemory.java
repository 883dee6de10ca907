package io.rankline.pipeline.input.pass;

import io.rankline.data.RankingList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one shard: its number of records, which of them cannot be read, and the lists
 * that are kept. Safe for use by several threads.
 */
final class ShardMemory {

  private static final int UNKNOWN = -1;

  private final MemoryBudget budget;
  private @Nullable RankingList[] kept = new RankingList[0];
  private final BitSet damaged = new BitSet();
  private final BitSet examined = new BitSet();
  private int keptLists;
  private long keptBytes;
  private int records = UNKNOWN;
  private boolean dropped;

  ShardMemory(MemoryBudget budget) {
    this.budget = budget;
  }

  /** The list of a record, if it is kept. */
  synchronized @Nullable RankingList kept(int ordinal) {
    return ordinal < kept.length ? kept[ordinal] : null;
  }

  /** Kept lists by ordinal, shorter than the shard where the last ones are not kept; not a copy. */
  synchronized @Nullable RankingList[] allKept() {
    return kept;
  }

  /** Whether a record is known to hold no list. */
  synchronized boolean isDamaged(int ordinal) {
    return damaged.get(ordinal);
  }

  /** Keeps a list, if there is memory for it. */
  synchronized void found(int ordinal, RankingList list) {
    examined.set(ordinal);
    if (dropped || kept(ordinal) != null) {
      return;
    }
    long bytes = HeapSize.of(list);
    if (!budget.take(bytes)) {
      return;
    }
    if (ordinal >= kept.length) {
      kept = Arrays.copyOf(kept, Math.max(ordinal + 1, kept.length + (kept.length >> 1)));
    }
    kept[ordinal] = list;
    keptLists++;
    keptBytes += bytes;
  }

  /** Notes that a record holds no list. */
  synchronized void foundDamaged(int ordinal) {
    examined.set(ordinal);
    damaged.set(ordinal);
  }

  /** Notes the number of records. */
  synchronized void foundEnd(int count) {
    records = count;
  }

  /** Number of records, damaged ones included, once the end was seen; -1 before. */
  synchronized int records() {
    return records;
  }

  /** Number of lists, once every record was read and decoded, or just read; -1 before. */
  synchronized int lists(boolean decoded) {
    if (records == UNKNOWN || (decoded && examined.cardinality() < records)) {
      return UNKNOWN;
    }
    return records - damaged.cardinality();
  }

  /** Whether nothing but what is passed over would have to be read. */
  synchronized boolean holdsAllBut(IntPredicate passedOver) {
    if (records == UNKNOWN) {
      return false;
    }
    if (keptLists + damaged.cardinality() == records) {
      return true;
    }
    for (int ordinal = 0; ordinal < records; ordinal++) {
      if (kept(ordinal) == null && !damaged.get(ordinal) && !passedOver.test(ordinal)) {
        return false;
      }
    }
    return true;
  }

  /** Gives back the memory of the lists, and keeps none from here on. */
  synchronized void drop() {
    budget.give(keptBytes, keptLists);
    kept = new RankingList[0];
    keptLists = 0;
    keptBytes = 0;
    dropped = true;
  }
}
