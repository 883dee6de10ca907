package io.rankline.model.kernel;

/**
 * Random numbers that are a function of where they stand: seed, iteration, row and column. Any
 * thread can draw any of them, in any order, and draw them again.
 */
final class Draws {

  private final long seed;
  private final int[] columnKeys;

  Draws(long seed, int columns) {
    this.seed = mix(seed);
    this.columnKeys = new int[columns];
    for (int j = 0; j < columns; j++) {
      columnKeys[j] = (int) mix(this.seed + j + 1);
    }
  }

  /** What is common to the draws of a row. */
  int rowKey(int iteration, long row) {
    return (int) mix(mix(seed ^ iteration) + row);
  }

  /**
   * One draw a column, 31 bits each.
   *
   * <p>A loop of 32-bit operations, so that the compiler makes vector instructions of it. The
   * constants are those of a hash that Chris Wellons found by searching for the least bias
   * (lowbias32).
   */
  void fill(int rowKey, int[] to, int offset) {
    int[] keys = columnKeys;
    for (int j = 0; j < keys.length; j++) {
      int h = rowKey ^ keys[j];
      h ^= h >>> 16;
      h *= 0x7feb352d;
      h ^= h >>> 15;
      h *= 0x846ca68b;
      h ^= h >>> 16;
      to[offset + j] = h >>> 1;
    }
  }

  /** The finaliser of MurmurHash3. */
  private static long mix(long z) {
    z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
    z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return z ^ (z >>> 33);
  }
}
