package io.rankline.model.kernel;

import java.util.Arrays;

/**
 * Random numbers that are a function of where they stand: seed, iteration, row and column. Any
 * thread can draw any of them, in any order, and draw them again: backward sees what forward saw
 * without storing it.
 *
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon et al., Parallel random numbers: as
 *     easy as 1, 2, 3, SC 2011</a>
 */
final class RowDraws {

  private final long seed;
  private final int columns;

  /** A random number a column, repeated for the rows of a tile. */
  private final int[] columnKeys;

  RowDraws(long seed, int columns) {
    this.seed = mix(seed);
    this.columns = columns;
    this.columnKeys = new int[Tile.rows(columns) * columns];
    for (int i = 0; i < columns; i++) {
      columnKeys[i] = (int) mix(this.seed + i + 1);
    }
    for (int from = columns; from < columnKeys.length; from += columns) {
      System.arraycopy(columnKeys, 0, columnKeys, from, columns);
    }
  }

  /** The draws of the rows of a tile, 31 bits each. */
  void fill(int iteration, long row, int rows, int[] to) {
    for (int r = 0; r < rows; r++) {
      Arrays.fill(to, r * columns, (r + 1) * columns, rowKey(iteration, row + r));
    }
    scramble(to, columnKeys, rows * columns);
  }

  /** The draws of the first columns of a row, 31 bits each. */
  void fillRow(int iteration, long row, int count, int[] to) {
    Arrays.fill(to, 0, count, rowKey(iteration, row));
    scramble(to, columnKeys, count);
  }

  private int rowKey(int iteration, long row) {
    return (int) mix(mix(seed ^ iteration) + row);
  }

  /**
   * Makes draws of keys. 32-bit operations only, so that the compiler makes vector instructions of
   * them; the constants are those of a hash that Chris Wellons found by searching for the least
   * bias (lowbias32).
   */
  private static void scramble(int[] keys, int[] columnKeys, int count) {
    for (int i = 0; i < count; i++) {
      int h = keys[i] ^ columnKeys[i];
      h ^= h >>> 16;
      h *= 0x7feb352d;
      h ^= h >>> 15;
      h *= 0x846ca68b;
      h ^= h >>> 16;
      keys[i] = h >>> 1;
    }
  }

  /** The finaliser of MurmurHash3. */
  private static long mix(long z) {
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
