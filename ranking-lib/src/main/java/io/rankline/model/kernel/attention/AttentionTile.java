package io.rankline.model.kernel.attention;

import io.rankline.model.kernel.Dropout;
import io.rankline.model.kernel.FloatBits;
import io.rankline.model.kernel.Matrix;
import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.kernel.RowThreads;
import java.nio.FloatBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/** Room for two blocks of probabilities, each in native memory and on the heap. */
final class AttentionTile {

  /** 256 kB a block: four of them stay in a second level cache of 1 MB. */
  private static final int SIZE = 1 << 16;

  /** Tiles that are not in use; there are never more than have worked at once. */
  private static final Queue<AttentionTile> IDLE = new ConcurrentLinkedQueue<>();

  /** Probabilities in both places, [rows, items]. */
  static final class Block {

    private final NativeFloats memory;
    private final FloatBuffer window;
    final float[] heap;

    private Block(int size) {
      memory = NativeFloats.room(size);
      window = memory.window(0, size);
      heap = new float[size];
    }

    Matrix matrix(int items) {
      return memory.matrix(0, items);
    }

    void toHeap(int count) {
      window.get(0, heap, 0, count);
    }

    void fromHeap(int count) {
      window.put(0, heap, 0, count);
    }
  }

  final FloatBits bits = new FloatBits();
  Block first = new Block(1);
  Block second = first;

  /** Factors of dropout. */
  float[] keep = {};

  private int[] draws = {};

  /** Runs a task for every block of rows of every list and head; blocks of a list in order. */
  static void forEachTile(AttentionBatch batch, BiConsumer<AttentionTile, AttentionBlock> task) {
    RowThreads.each(
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
    reserve(rows * items, items);
    for (int row = 0; row < items; row += rows) {
      int count = Math.min(rows, items - row);
      task.accept(
          this, new AttentionBlock(start, items, row, count, head, batch.heads(), batch.keyDim()));
    }
  }

  private void reserve(int size, int items) {
    if (keep.length < size) {
      int room = Math.max(size, SIZE);
      first = new Block(room);
      second = new Block(room);
      keep = new float[room];
    }
    if (draws.length < items) {
      draws = new int[items];
    }
  }

  /** Puts the factors of dropout of a row of a block into {@link #keep}; false without dropout. */
  boolean dropoutFactors(AttentionBatch batch, AttentionBlock block, int row) {
    Dropout dropout = batch.dropout();
    if (dropout == null) {
      return false;
    }
    long drawn = batch.drawnRow(block.row(row), block.head());
    int at = row * block.items();
    dropout.rowFactors(batch.iteration(), drawn, block.items(), draws, bits, keep, at);
    return true;
  }
}
