package io.rankline.data.synthetic;

import java.util.SplittableRandom;

/**
 * One candidate page, and the features that do not look at the text.
 *
 * @param topicality closeness to the query, about standard normal
 * @param authority how well known the page is, standard normal
 * @param inlinks number of pages that link to it
 * @param urlDepth number of slashes in its address
 */
record SyntheticPage(double topicality, double authority, int inlinks, int urlDepth) {

  /** First of the features of the page: number of slashes in the URL. */
  static final int SLASHES = 125;

  static final int URL_LENGTH = 126;
  static final int INLINKS = 127;
  static final int OUTLINKS = 128;
  static final int PAGE_RANK = 129;
  static final int SITE_RANK = 130;
  static final int QUALITY = 131;
  static final int QUALITY_2 = 132;
  static final int QUERY_URL_CLICKS = 133;
  static final int URL_CLICKS = 134;
  static final int DWELL_TIME = 135;

  private static final int MAX_LINKS = 5_000_000;
  private static final int MAX_RANK = 65_535;
  private static final int MAX_QUALITY = 255;

  static SyntheticPage draw(SyntheticQuery query, SplittableRandom random) {
    double topicality = query.topicality() + random.nextGaussian();
    double authority = random.nextGaussian();
    int inlinks = Draws.heavyTailedCount(random, 0.6 + 1.5 * authority, 1.4, MAX_LINKS);
    int depth = 1 + Draws.poisson(random, Math.exp(0.6 - 0.4 * authority));
    return new SyntheticPage(topicality, authority, inlinks, depth);
  }

  /** Features 126 to 136 of the row that starts at {@code row}. */
  void fill(SyntheticQuery query, SplittableRandom random, float[] features, int row) {
    double site = 0.7 * authority + 0.7 * random.nextGaussian();
    features[row + SLASHES] = urlDepth;
    features[row + URL_LENGTH] = Math.round(12 + 9 * urlDepth + Draws.logNormal(random, 2.2, 0.6));
    features[row + INLINKS] = inlinks;
    features[row + OUTLINKS] = Draws.heavyTailedCount(random, 1.8, 1.6, MAX_LINKS);
    features[row + PAGE_RANK] = Draws.heavyTailedCount(random, 5 + 1.6 * authority, 1.1, MAX_RANK);
    features[row + SITE_RANK] = Draws.heavyTailedCount(random, 7 + 1.8 * site, 0.8, MAX_RANK);
    features[row + QUALITY] = quality(-1.6 + 0.9 * site, random);
    features[row + QUALITY_2] = quality(-1.2 - 0.8 * site, random);

    double attention = 0.8 * query.popularity() + 0.9 * topicality + 0.6 * authority;
    int queryClicks = Draws.heavyTailedCount(random, -1.8 + 1.3 * attention, 1.2, MAX_LINKS);
    int clicks =
        queryClicks + Draws.heavyTailedCount(random, -0.6 + 1.9 * authority, 1.7, MAX_LINKS);
    features[row + QUERY_URL_CLICKS] = queryClicks;
    features[row + URL_CLICKS] = clicks;
    features[row + DWELL_TIME] =
        clicks == 0 ? 0 : (float) Draws.logNormal(random, 3.2 + 0.3 * topicality, 1.2);
  }

  private static float quality(double logit, SplittableRandom random) {
    double share = 1 / (1 + Math.exp(-(logit + 1.3 * random.nextGaussian())));
    return Math.round(MAX_QUALITY * share);
  }
}
