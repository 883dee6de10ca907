package io.rankline.loss.arithmetic;

/**
 * Random numbers as a function of a key and a counter, so that what a list draws depends neither on
 * the batch it sits in nor on how many lists were seen before.
 */
public final class Draws {

  /** The odd number closest to 2^64 divided by the golden ratio: successive keys lie far apart. */
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private static final double TO_UNIT = 0x1p-53;

  /** Keeps both logarithms of a Gumbel draw finite. */
  private static final double TINY = 1e-20;

  private Draws() {}

  /** A key that depends on all bits of both numbers. */
  public static long key(long a, long b) {
    return mix(mix(a) + GOLDEN_GAMMA * (b + 1));
  }

  /** Uniform in [0, 1). */
  public static double uniform(long key, long counter) {
    return (mix(key + GOLDEN_GAMMA * (counter + 1)) >>> 11) * TO_UNIT;
  }

  /** Standard Gumbel: {@code -ln(-ln(u + 1e-20) + 1e-20)}. */
  public static double gumbel(long key, long counter) {
    return -Math.log(-Math.log(uniform(key, counter) + TINY) + TINY);
  }

  /** Shuffles the first {@code n} entries. */
  public static void shuffle(int[] entries, int n, long key) {
    for (int i = n - 1; i > 0; i--) {
      int j = (int) (uniform(key, i) * (i + 1));
      int swapped = entries[i];
      entries[i] = entries[j];
      entries[j] = swapped;
    }
  }

  /** David Stafford's variant 13 of the 64-bit finalizer: every input bit flips half the output. */
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
