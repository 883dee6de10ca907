package io.rankline.feature.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Numbers of which each has the same chance to be kept, and their quantiles. */
final class Sample {

  /** Largest number of quantiles. */
  static final int QUANTILES = 65;

  private static final int SIZE = 4096;
  private static final long SEED = 1;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private float[] kept = new float[QUANTILES];
  private long seen;

  void add(float value) {
    if (seen < SIZE) {
      if (seen == kept.length) {
        kept = Arrays.copyOf(kept, Math.min(SIZE, 2 * kept.length));
      }
      kept[(int) seen] = value;
    } else {
      long place = random.nextLong(seen + 1);
      if (place < SIZE) {
        kept[(int) place] = value;
      }
    }
    seen++;
  }

  long seen() {
    return seen;
  }

  /**
   * Values that were seen, in even steps from the least that was kept to the largest; one where all
   * are the same.
   */
  List<Float> quantiles() {
    float[] sorted = Arrays.copyOf(kept, (int) Math.min(seen, SIZE));
    Arrays.sort(sorted);
    List<Float> quantiles = new ArrayList<>();
    boolean isConstant = sorted.length > 0 && sorted[0] == sorted[sorted.length - 1];
    int count = isConstant ? 1 : Math.min(QUANTILES, sorted.length);
    for (int k = 0; k < count; k++) {
      quantiles.add(sorted[count == 1 ? 0 : (int) ((long) k * (sorted.length - 1) / (count - 1))]);
    }
    return List.copyOf(quantiles);
  }

  /** {@link #quantiles} of whole numbers. */
  List<Integer> wholeQuantiles() {
    return quantiles().stream().map(Float::intValue).toList();
  }
}
