package io.rankline.model.kernel.block;

import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.kernel.RowThreads;
import io.rankline.model.kernel.Tile;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Products for inference, in which a row has the same bits wherever it stands and whatever stands
 * around it.
 *
 * <p>OpenBLAS computes the columns of a result in groups, and rounds those of a group in different
 * ways; along the other side it computes a vector of values at a time, all alike. So the result is
 * taken transposed, with the rows in vectors, of as many rows as {@link RowCounts} finds to be
 * alike; the last few rows are filled up.
 */
final class AlikeRows {

  /** Rows that are turned at once: a cache line of the transposed result. */
  private static final int TURNED = 16;

  private final int inputs;
  private final int width;
  private final List<WeightBlock> blocks;
  private final RowCounts counts;

  AlikeRows(RowBlockSpec spec, List<WeightBlock> blocks) {
    this.inputs = spec.inputs();
    this.width = spec.outputs();
    this.blocks = blocks;
    this.counts = RowCounts.of(blocks);
  }

  /** Products of all rows of x into y, after a pass over their tiles. */
  void compute(NativeFloats x, NativeFloats y, int rows, TilePass pass) {
    int groups = (rows + counts.few() - 1) / counts.few();
    RowThreads.run(
        Math.max(1, Math.min(groups, RowThreads.workers(rows, width))),
        groups,
        (worker, from, to) -> {
          Tile tile = new Tile(width, 1);
          int end = Math.min(rows, to * counts.few());
          int n;
          for (int p = from * counts.few(); p < end; p += n) {
            n = end - p >= counts.many() ? counts.many() : Math.min(counts.few(), end - p);
            float[] z = n < counts.few() ? filledUp(x, p, n) : products(x, p, y, p, n);
            FloatBuffer sink = y.window((long) p * width, (long) n * width);
            for (int r = 0; r < n; r += tile.rows()) {
              int count = Math.min(tile.rows(), n - r);
              System.arraycopy(z, r * width, tile.values(), 0, count * width);
              pass.apply(worker, tile, p + r, count);
              sink.put(r * width, tile.values(), 0, count * width);
            }
          }
        });
  }

  private float[] filledUp(NativeFloats x, int row, int rows) {
    int all = counts.few();
    NativeFloats filled = NativeFloats.room(all * inputs);
    filled.window(0, (long) rows * inputs).put(x.window((long) row * inputs, (long) rows * inputs));
    return products(filled, 0, NativeFloats.room(all * width), 0, all);
  }

  /** Products of some rows, row by row, with the place of their results as scratch. */
  private float[] products(NativeFloats x, int row, NativeFloats z, int at, int rows) {
    for (WeightBlock block : blocks) {
      block.forwardTransposed(
          rows,
          x.matrix((long) row * inputs, inputs),
          z.matrix((long) at * width + (long) block.firstOutput() * rows, rows));
    }
    float[] transposed = new float[rows * width];
    z.window((long) at * width, transposed.length).get(0, transposed);
    float[] turned = new float[transposed.length];
    for (int first = 0; first < rows; first += TURNED) {
      int last = Math.min(rows, first + TURNED);
      for (int o = 0; o < width; o++) {
        for (int r = first; r < last; r++) {
          turned[r * width + o] = transposed[o * rows + r];
        }
      }
    }
    return turned;
  }
}
