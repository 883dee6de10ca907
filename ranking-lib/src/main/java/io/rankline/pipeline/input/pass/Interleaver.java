package io.rankline.pipeline.input.pass;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes slots from a few shards in turn. A shard that ends makes room for the next one, which was
 * opened before, so that it is ready by then.
 */
final class Interleaver implements SlotSource {

  private final int[] order;
  private final IntFunction<SlotSource> opener;
  private final List<SlotSource> open = new ArrayList<>();
  private @Nullable SlotSource standby;
  private int nextShard;
  private int turn;

  /**
   * Slots of shards.
   *
   * @param order numbers of the shards, in the order in which they are opened
   * @param width how many are taken from in turn
   */
  Interleaver(int[] order, int width, IntFunction<SlotSource> opener) {
    this.order = order;
    this.opener = opener;
    while (open.size() < width && nextShard < order.length) {
      open.add(opener.apply(order[nextShard++]));
    }
    openStandby();
  }

  @Override
  public @Nullable Slot next() throws IOException {
    while (!open.isEmpty()) {
      turn = turn < open.size() ? turn : 0;
      Slot slot = open.get(turn).next();
      if (slot != null) {
        turn++;
        return slot;
      }
      open.get(turn).close();
      SlotSource replacement = standby;
      if (replacement == null) {
        open.remove(turn);
      } else {
        open.set(turn, replacement);
        openStandby();
      }
    }
    return null;
  }

  @Override
  public void close() {
    open.forEach(SlotSource::close);
    if (standby != null) {
      standby.close();
    }
  }

  private void openStandby() {
    standby = nextShard < order.length ? opener.apply(order[nextShard++]) : null;
  }
}
