package io.rankline.model.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which values of a step are dropped: factors of 0, or of 1 / (1 - rate) for those that stay
 * (Srivastava et al., 2014). They are a function of seed, iteration, row and column.
 */
public final class Dropout {

  /** Draws have 31 bits. */
  private static final double DRAWS = 0x1p31;

  private final RowDraws draws;
  private final int columns;
  private final int threshold;
  private final float scale;

  /**
   * Dropout of rows.
   *
   * @param rate probability to drop, in [0, 1)
   * @param columns most columns of a row
   */
  public Dropout(double rate, long seed, int columns) {
    this.draws = new RowDraws(seed, columns);
    this.columns = columns;
    this.threshold = (int) Math.min(Integer.MAX_VALUE, Math.round(rate * DRAWS));
    this.scale = (float) (1 / (1 - rate));
  }

  /** What is not dropped is multiplied by: 1 / (1 - rate), which keeps the expectation. */
  public float scale() {
    return scale;
  }

  /** The factors of the rows of a tile, in the tile's room for them. */
  public float[] factors(Tile tile, int iteration, long row, int rows) {
    draws.fill(iteration, row, rows, tile.draws());
    return factors(tile.draws(), rows * columns, tile.floatBits(), tile.factors(), 0);
  }

  /**
   * The factors of the first columns of one row.
   *
   * @param scratch room for {@code count} draws
   * @param to filled from {@code at} on
   */
  public void rowFactors(
      int iteration, long row, int count, int[] scratch, FloatBits bits, float[] to, int at) {
    draws.fillRow(iteration, row, count, scratch);
    factors(scratch, count, bits, to, at);
  }

  private float[] factors(int[] drawn, int count, FloatBits bits, float[] to, int at) {
    select(drawn, count, threshold, Float.floatToRawIntBits(scale));
    bits.asFloats(drawn, count, to, at);
    return to;
  }

  /** Replaces draws below the threshold by 0 and the others by the given bits. */
  private static void select(int[] draws, int count, int threshold, int kept) {
    for (int i = 0; i < count; i++) {
      draws[i] = ~((draws[i] - threshold) >> 31) & kept;
    }
  }

  /** The factors of the first rows, [rows, columns]. */
  public INDArray factors(int iteration, long rows, DataType type) {
    return Tile.array(
        rows, columns, type, (tile, row, count) -> factors(tile, iteration, row, count));
  }

  /**
   * Multiplies rows by their factors; forward and backward are the same.
   *
   * @param from [N, columns]
   * @param to filled, [N, columns]
   */
  public void apply(int iteration, INDArray from, INDArray to) {
    if (!NativeFloats.has(from, to)) {
      to.assign(from).muli(factors(iteration, from.size(0), to.dataType()));
      return;
    }
    RowPass.run(
        new INDArray[] {from},
        new INDArray[] {to},
        (tile, stripe, row, rows) ->
            FloatLoops.product(
                tile.array(0), factors(tile, iteration, row, rows), tile.array(1), rows * columns));
  }
}
