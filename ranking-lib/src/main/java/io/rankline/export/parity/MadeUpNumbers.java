package io.rankline.export.parity;

import io.rankline.feature.transform.Bucketize;
import io.rankline.feature.transform.Clip;
import io.rankline.feature.transform.MinMax;
import io.rankline.feature.transform.OneHot;
import io.rankline.feature.transform.Transform;
import io.rankline.feature.transform.ZScore;
import io.rankline.model.input.EncodedFeature;
import java.util.SplittableRandom;

/**
 * Numbers that are made up for a feature: such as its first transform tells, or, where it tells
 * nothing, of either sign from small to some thousands, and zeros.
 *
 * @param kind how they are spread
 * @param least the smallest of them
 * @param largest the largest of them
 */
record MadeUpNumbers(Kind kind, float least, float largest) {

  /** How numbers are spread. */
  enum Kind {
    /** Small ones are as frequent as large ones. */
    BY_SIZE,
    /** The more frequent the nearer to the middle. */
    BELL,
    /** Each as frequent as another. */
    EVEN,
    /** Whole numbers. */
    WHOLE
  }

  private static final double SPREAD = 2;

  /** Beyond so many deviations one number in 16,000 lies: it is drawn again. */
  private static final double MOST_DEVIATIONS = 4;

  private static final float MOST = (float) Math.exp(SPREAD * MOST_DEVIATIONS);
  private static final double SHARE_OF_ZEROS = 0.1;

  /** What is drawn beyond either end of a range, as a part of it. */
  private static final float MARGIN = 0.1f;

  /** Of either sign, from small to some thousands. */
  static final MadeUpNumbers ANY = new MadeUpNumbers(Kind.BY_SIZE, -MOST, MOST);

  /** The numbers of a feature. */
  static MadeUpNumbers of(EncodedFeature feature) {
    for (Transform transform : feature.chain().transforms()) {
      if (transform instanceof OneHot oneHot) {
        return new MadeUpNumbers(Kind.WHOLE, 0, oneHot.depth() - 1);
      }
    }
    if (feature.chain().transforms().isEmpty()) {
      return ANY;
    }
    Transform first = feature.chain().transforms().get(0);
    if (first instanceof ZScore score) {
      float middle = score.means().get(0);
      float far = (float) (MOST_DEVIATIONS * score.deviations().get(0));
      return new MadeUpNumbers(Kind.BELL, middle - far, middle + far);
    } else if (first instanceof MinMax ends) {
      return around(ends.minima().get(0), ends.maxima().get(0));
    } else if (first instanceof Clip ends
        && Float.isFinite(ends.min())
        && Float.isFinite(ends.max())) {
      return around(ends.min(), ends.max());
    } else if (first instanceof Bucketize buckets) {
      float last = buckets.boundaries().get(buckets.boundaries().size() - 1);
      return around(buckets.boundaries().get(0), last);
    }
    return ANY;
  }

  /** One of them. */
  float draw(SplittableRandom random) {
    return switch (kind) {
      case WHOLE -> random.nextInt((int) largest + 1);
      case EVEN -> Math.min(largest, least + (largest - least) * (float) random.nextDouble());
      case BELL ->
          (float)
              Math.min(
                  largest,
                  Math.max(
                      least,
                      (least + (double) largest) / 2
                          + (largest - (double) least) / 2 * bell(random) / MOST_DEVIATIONS));
      case BY_SIZE -> {
        if (random.nextDouble() < SHARE_OF_ZEROS) {
          yield 0;
        }
        float size = Math.min(MOST, (float) Math.exp(SPREAD * bell(random)));
        yield random.nextBoolean() ? size : -size;
      }
    };
  }

  private static double bell(SplittableRandom random) {
    double drawn = random.nextGaussian();
    while (Math.abs(drawn) > MOST_DEVIATIONS) {
      drawn = random.nextGaussian();
    }
    return drawn;
  }

  private static MadeUpNumbers around(float from, float to) {
    float margin = Math.max((to - from) * MARGIN, Math.ulp(Math.max(Math.abs(from), Math.abs(to))));
    return new MadeUpNumbers(Kind.EVEN, from - margin, to + margin);
  }
}
