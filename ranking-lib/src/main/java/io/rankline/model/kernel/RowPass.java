package io.rankline.model.kernel;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One pass over rows in native memory, tile by tile: inputs are copied to the heap, where the
 * compiler makes vector instructions of loops, and outputs back.
 *
 * <p>Rows are cut into the same stripes whatever the number of threads, so sums over a stripe are
 * repeatable.
 */
final class RowPass {

  /** Enough for any processor, and each long enough to be worth handing out. */
  static final int STRIPES = 32;

  /** What a body does with a value, roughly. */
  private static final long OPERATIONS = 10;

  /** What is done with a tile. */
  @FunctionalInterface
  interface Body {

    /**
     * Computes some rows.
     *
     * @param tile its arrays are the inputs, and after them the outputs
     * @param stripe which of the {@link #STRIPES} the rows belong to
     * @param row the first row
     * @param rows how many
     */
    void run(Tile tile, int stripe, int row, int rows);
  }

  private RowPass() {}

  /**
   * Runs a body over all rows.
   *
   * @param in arrays that are read, all of one shape [N, width], as {@link NativeFloats#has} admits
   * @param out arrays that are written, the same
   */
  static void run(INDArray[] in, INDArray[] out, Body body) {
    int rows = Math.toIntExact(in[0].size(0));
    int width = Math.toIntExact(in[0].size(1));
    NativeFloats[] from = memory(in);
    NativeFloats[] to = memory(out);
    RowThreads.each(
        STRIPES,
        OPERATIONS * rows * width,
        () -> new Tile(width, in.length + out.length),
        (tile, stripe) -> {
          int first = edge(rows, stripe);
          int end = edge(rows, stripe + 1);
          FloatBuffer[] sources = windows(from, first, end, width);
          FloatBuffer[] sinks = windows(to, first, end, width);
          for (int row = first; row < end; row += tile.rows()) {
            int count = Math.min(tile.rows(), end - row);
            int at = (row - first) * width;
            for (int i = 0; i < sources.length; i++) {
              sources[i].get(at, tile.array(i), 0, count * width);
            }
            body.run(tile, stripe, row, count);
            for (int i = 0; i < sinks.length; i++) {
              sinks[i].put(at, tile.array(sources.length + i), 0, count * width);
            }
          }
        });
  }

  private static int edge(int rows, int stripe) {
    return (int) ((long) rows * stripe / STRIPES);
  }

  private static NativeFloats[] memory(INDArray[] arrays) {
    NativeFloats[] memory = new NativeFloats[arrays.length];
    for (int i = 0; i < arrays.length; i++) {
      memory[i] = NativeFloats.of(arrays[i]);
    }
    return memory;
  }

  private static FloatBuffer[] windows(NativeFloats[] memory, int first, int end, int width) {
    FloatBuffer[] windows = new FloatBuffer[memory.length];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = memory[i].window((long) first * width, (long) (end - first) * width);
    }
    return windows;
  }
}
