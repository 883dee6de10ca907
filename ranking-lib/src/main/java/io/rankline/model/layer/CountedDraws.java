package io.rankline.model.layer;

/**
 * Random bits as a function of where they are used: seed, vertex, iteration, row and column.
 *
 * <p>Nothing is drawn in an order, so threads do not matter, backward sees what forward saw without
 * storing it, and a run is repeated bit for bit. Columns go through the finalizer of MurmurHash3,
 * rows through that of SplitMix64.
 *
 * @param key of seed, vertex and iteration
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon et al., Parallel random numbers: as
 *     easy as 1, 2, 3, SC 2011</a>
 */
record CountedDraws(long key) {

  /** 2^64 over the golden ratio: steps that spread evenly. */
  private static final long GOLDEN_LONG = 0x9E3779B97F4A7C15L;

  private static final int GOLDEN_INT = 0x9E3779B9;

  /** Multiples of the step from column to column; a loop over products is not vectorised. */
  private static final int[] STEPS = new int[BitBlock.SIZE];

  static {
    for (int i = 0; i < STEPS.length; i++) {
      STEPS[i] = i * GOLDEN_INT;
    }
  }

  static CountedDraws of(long seed, String vertexName, int iteration) {
    return new CountedDraws(
        mixed(mixed(seed + vertexName.hashCode() * GOLDEN_LONG) + iteration * GOLDEN_LONG));
  }

  /** What {@link #bits(int, int, int[], int)} takes for a row. */
  int rowKey(long row) {
    return (int) (mixed(key + row * GOLDEN_LONG) >>> 32);
  }

  /**
   * Puts 32 random bits for each of the columns [from, from + count).
   *
   * @param count at most {@link BitBlock#SIZE}
   */
  static void bits(int rowKey, int from, int[] into, int count) {
    int first = rowKey + from * GOLDEN_INT;
    for (int i = 0; i < count; i++) {
      int hash = first + STEPS[i];
      hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
      hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
      into[i] = hash ^ (hash >>> 16);
    }
  }

  private static long mixed(long value) {
    long hash = value;
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    return hash ^ (hash >>> 31);
  }
}
