package io.rankline.model.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A few rows on the heap, small enough for the first-level cache, and scratch space of a worker.
 */
public final class Tile {

  /** Floats of a tile where rows are not wider: some arrays of 8 kB fit the first-level cache. */
  private static final int FLOATS = 2048;

  private final int rows;
  private final float[][] arrays;
  private final float[] factors;
  private final int[] draws;
  private final FloatBits floatBits = new FloatBits();

  /**
   * A tile.
   *
   * @param width columns of a row
   * @param arrays how many arrays of rows it has, 1 or more
   */
  public Tile(int width, int arrays) {
    this.rows = rows(width);
    this.arrays = new float[arrays][rows * width];
    this.factors = new float[rows * width];
    this.draws = new int[rows * width];
  }

  /** Rows of a tile of that width. */
  public static int rows(int width) {
    return Math.max(1, FLOATS / width);
  }

  /** What belongs to columns, once for each row of a tile. */
  public static float[] repeat(float[] row) {
    float[] repeated = new float[rows(row.length) * row.length];
    for (int from = 0; from < repeated.length; from += row.length) {
      System.arraycopy(row, 0, repeated, from, row.length);
    }
    return repeated;
  }

  /** What is computed for the rows of a tile. */
  @FunctionalInterface
  interface Filler {
    float[] of(Tile tile, long row, int rows);
  }

  /** An array [rows, width] that is filled tile by tile. */
  static INDArray array(long rows, int width, DataType type, Filler filler) {
    Tile tile = new Tile(width, 1);
    float[] values = new float[Math.toIntExact(rows * width)];
    for (int row = 0; row < rows; row += tile.rows) {
      int count = (int) Math.min(tile.rows, rows - row);
      System.arraycopy(filler.of(tile, row, count), 0, values, row * width, count * width);
    }
    return Nd4j.createFromArray(values).castTo(type).reshape('c', rows, width);
  }

  public int rows() {
    return rows;
  }

  /** One of the arrays, from 0. */
  public float[] array(int index) {
    return arrays[index];
  }

  /** The first array. */
  public float[] values() {
    return arrays[0];
  }

  /** Room for factors of dropout. */
  float[] factors() {
    return factors;
  }

  /** Room for draws. */
  int[] draws() {
    return draws;
  }

  FloatBits floatBits() {
    return floatBits;
  }
}
