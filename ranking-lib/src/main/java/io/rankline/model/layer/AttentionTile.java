package io.rankline.model.layer;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** Room for two blocks of probabilities, each in native memory and on the heap. */
final class AttentionTile {

  /** 256 kB a block: four of them stay in a second level cache of 1 MB. */
  private static final int SIZE = 1 << 16;

  /** Tiles that nobody uses; there are never more than have worked at once. */
  private static final Queue<AttentionTile> IDLE = new ConcurrentLinkedQueue<>();

  final BitBlock bits = new BitBlock();
  float[] first = {};
  float[] second = {};
  float[] keep = {};
  NativeFloats firstNative = NativeFloats.room(1);
  NativeFloats secondNative = firstNative;

  /** Runs a task for every block of rows of every list and head; blocks of a list in order. */
  static void forEachTile(AttentionBatch batch, BiConsumer<AttentionTile, AttentionBlock> task) {
    Workers.run(
        batch.lists() * batch.heads(),
        batch.products(),
        () -> batch,
        (same, number) -> {
          AttentionTile idle = IDLE.poll();
          AttentionTile tile = idle == null ? new AttentionTile() : idle;
          tile.forEachBlock(batch, number / batch.heads(), number % batch.heads(), task);
          IDLE.add(tile);
        });
  }

  private void forEachBlock(
      AttentionBatch batch, int list, int head, BiConsumer<AttentionTile, AttentionBlock> task) {
    int start = batch.starts()[list];
    int items = batch.starts()[list + 1] - start;
    int rows = Math.max(1, Math.min(items, SIZE / Math.max(1, items)));
    reserve(rows * items);
    for (int row = 0; row < items; row += rows) {
      int count = Math.min(rows, items - row);
      task.accept(
          this, new AttentionBlock(start, items, row, count, head, batch.heads(), batch.keyDim()));
    }
  }

  private void reserve(int size) {
    if (first.length < size) {
      int room = Math.max(size, SIZE);
      first = new float[room];
      second = new float[room];
      keep = new float[room];
      firstNative = NativeFloats.room(room);
      secondNative = NativeFloats.room(room);
    }
  }
}
