package io.rankline.data.synthetic;

import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * A made-up ranking log of web search: any number of lists, each a function of the seed and its
 * number.
 *
 * <p>List sizes are lognormal, cut at the largest; with the default of 200 their mean is about 115.
 * About one query in 25 is rare: few pages match it, often fewer than ten, down to a single one.
 * Labels 0 to 4 have shares of about 51, 32, 13, 2 and 1 %, those of MSLR-WEB30K. They are
 * thresholds on a {@linkplain SyntheticList#trueUtility true utility} plus noise. The utility is a
 * nonlinear function of the features with interactions and an effect of the query.
 *
 * @param seed of the log; logs of different seeds have nothing in common
 * @param maxListSize largest number of items of a list, 1 or more
 */
public record SyntheticLog(long seed, int maxListSize) implements Serializable {

  /** Number of features of an item. */
  public static final int FEATURES = 136;

  /** The default of the largest number of items of a list. */
  public static final int DEFAULT_MAX_LIST_SIZE = 200;

  private static final double MEDIAN_LIST_SIZE = 115;
  private static final double LIST_SIZE_SPREAD = 0.5;

  /** The median never exceeds this share of the largest size, so that short lists vary as well. */
  private static final double MEDIAN_SHARE = 0.575;

  /** Share of queries that few pages match. WEB30K too has lists of a single item. */
  private static final double RARE_QUERIES = 0.04;

  public SyntheticLog {
    if (maxListSize < 1) {
      throw new IllegalArgumentException("maxListSize must be 1 or more, got " + maxListSize);
    }
  }

  /**
   * The list of that number.
   *
   * @param number 0 or more
   */
  public SyntheticList list(long number) {
    SplittableRandom random = new SplittableRandom(mix(mix(seed) + number));
    int size = drawSize(random, number);
    SyntheticQuery query = SyntheticQuery.draw(random);
    TextFeatures text = new TextFeatures(query);
    float[] features = new float[size * FEATURES];
    long[] labels = new long[size];
    float[] utility = new float[size];
    for (int i = 0; i < size; i++) {
      SyntheticPage page = SyntheticPage.draw(query, random);
      int row = i * FEATURES;
      text.fill(page, random, features, row);
      page.fill(query, random, features, row);
      double value = TrueUtility.of(query, features, row);
      utility[i] = (float) value;
      labels[i] = TrueUtility.label(value, random);
    }
    return new SyntheticList(number + 1, size, features, labels, utility);
  }

  private int drawSize(SplittableRandom random, long number) {
    double median = Math.min(MEDIAN_LIST_SIZE, MEDIAN_SHARE * maxListSize);
    double size = Draws.logNormal(random, Math.log(median), LIST_SIZE_SPREAD);
    // Numbers of their own, so that a list's other draws do not depend on its rarity.
    SplittableRandom rarity = new SplittableRandom(mix(~mix(seed) - number));
    if (rarity.nextDouble() < RARE_QUERIES) {
      // Every order of magnitude below the median is as likely as another.
      size = Math.floor(Math.exp(rarity.nextDouble() * Math.log(Math.max(2, median))));
    }
    return (int) Math.max(1, Math.min(maxListSize, Math.round(size)));
  }

  /** Spreads neighbouring numbers over all longs (the finalizer of MurmurHash3). */
  private static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
