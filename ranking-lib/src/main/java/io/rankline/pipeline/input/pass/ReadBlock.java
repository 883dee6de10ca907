package io.rankline.pipeline.input.pass;

import io.rankline.pipeline.input.shard.PendingList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some records of a shard in their order, not decoded yet.
 *
 * @param entries each either complete or still to be decoded
 * @param isLast whether the shard ends with it
 */
record ReadBlock(List<Entry> entries, boolean isLast) {

  /** A block that is not to be read, after the end. */
  static final ReadBlock NOTHING = new ReadBlock(List.of(), true);

  /**
   * A slot, and its record where the list has to be made of that.
   *
   * @param slot complete, or without its list
   * @param pending the record, or null where the slot is complete
   */
  record Entry(Slot slot, @Nullable PendingList pending) {}
}
