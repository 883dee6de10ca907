package io.rankline.spark.training.data;

/**
 * A random order of n things that takes no memory: a bijection on 0 to n-1.
 *
 * <p>A balanced Feistel network over the next power of 4, whose values beyond n are sent through it
 * again until they fall below (cycle walking; Black and Rogaway, "Ciphers with Arbitrary Finite
 * Domains", 2002): at most four rounds through the network on average.
 *
 * @param size n, 0 or more
 * @param seed of the order
 */
record Permutation(long size, long seed) {

  private static final int ROUNDS = 4;

  /** Where the thing of that number comes, from 0. */
  long at(long number) {
    if (number < 0 || number >= size) {
      throw new IndexOutOfBoundsException(
          "number must be 0 to %s, got %s".formatted(size - 1, number));
    }
    int half = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, size - 1)) + 1) / 2);
    long mask = (1L << half) - 1;
    long value = number;
    do {
      long left = value >>> half;
      long right = value & mask;
      for (int round = 0; round < ROUNDS; round++) {
        long mixed = left ^ (mix(mix(seed + round) + right) & mask);
        left = right;
        right = mixed;
      }
      value = left << half | right;
    } while (value >= size);
    return value;
  }

  /** Spreads neighbouring numbers over all longs (the finalizer of MurmurHash3). */
  static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
