package io.rankline.data.synthetic;

import java.util.SplittableRandom;

/**
 * What the items of one query share.
 *
 * @param termIdf inverse document frequency of each query term, natural logarithm
 * @param navigational from 0 to 1: whether one certain page is looked for rather than a topic
 * @param popularity how often the query is asked, standard normal
 * @param topicality mean closeness of its candidate pages to the query
 * @param effect shift of the utility of all its items
 */
record SyntheticQuery(
    double[] termIdf, double navigational, double popularity, double topicality, double effect) {

  private static final int MAX_TERMS = 8;

  static SyntheticQuery draw(SplittableRandom random) {
    int terms = Math.min(MAX_TERMS, 1 + Draws.poisson(random, 1.4));
    double[] idf = new double[terms];
    for (int t = 0; t < terms; t++) {
      idf[t] = Math.min(13, 1 + Draws.logNormal(random, 1.4, 0.5));
    }
    double navigational = 1 / (1 + Math.exp(1.5 * (terms - 2.2)));
    return new SyntheticQuery(
        idf,
        navigational,
        random.nextGaussian(),
        0.4 * random.nextGaussian(),
        0.3 * random.nextGaussian());
  }

  int terms() {
    return termIdf.length;
  }
}
