package io.rankline.model.kernel;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gaussian noise of a step. A value is one of 2^16 equally likely quantiles of the normal
 * distribution, scaled to the exact variance: 4.3 standard deviations at most, which noise on
 * features cannot distinguish from the real thing, at the price of one look-up in a table. Values
 * are a function of seed, iteration, row and column.
 */
public final class Noise {

  private static final int LEVELS = 1 << 16;

  static final float[] QUANTILES = quantiles();

  private final RowDraws draws;
  private final int columns;
  private final float stddev;

  /**
   * Noise on rows.
   *
   * @param stddev standard deviation, above 0
   */
  public Noise(double stddev, long seed, int columns) {
    // Another stream than that of dropout with the same seed.
    this.draws = new RowDraws(~seed, columns);
    this.columns = columns;
    this.stddev = (float) stddev;
  }

  /** Adds the noise of the rows of a tile to values that lie as the tile's do. */
  public void add(Tile tile, int iteration, long row, int rows, float[] to) {
    int[] drawn = tile.draws();
    draws.fill(iteration, row, rows, drawn);
    for (int i = 0; i < rows * columns; i++) {
      to[i] += stddev * QUANTILES[drawn[i] >>> 15];
    }
  }

  /** The noise of the first rows, [rows, columns]. */
  public INDArray values(int iteration, long rows, DataType type) {
    return Tile.array(
        rows,
        columns,
        type,
        (tile, row, count) -> {
          Arrays.fill(tile.values(), 0);
          add(tile, iteration, row, count, tile.values());
          return tile.values();
        });
  }

  /**
   * Adds noise to rows.
   *
   * @param from [N, columns]
   * @param to filled, [N, columns]
   */
  public void apply(int iteration, INDArray from, INDArray to) {
    if (!NativeFloats.has(from, to)) {
      to.assign(from).addi(values(iteration, from.size(0), to.dataType()));
      return;
    }
    RowPass.run(
        new INDArray[] {from},
        new INDArray[] {to},
        (tile, stripe, row, rows) -> {
          System.arraycopy(tile.array(0), 0, tile.array(1), 0, rows * columns);
          add(tile, iteration, row, rows, tile.array(1));
        });
  }

  private static float[] quantiles() {
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double[] values = new double[LEVELS];
    double squares = 0;
    for (int i = 0; i < LEVELS; i++) {
      values[i] = normal.inverseCumulativeProbability((i + 0.5) / LEVELS);
      squares += values[i] * values[i];
    }
    double scale = 1 / Math.sqrt(squares / LEVELS);
    float[] quantiles = new float[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      quantiles[i] = (float) (values[i] * scale);
    }
    return quantiles;
  }
}
