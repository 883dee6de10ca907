package io.rankline.data.synthetic;

import java.util.SplittableRandom;

/**
 * How useful a page is to the person who asked: a nonlinear function of its features, and the label
 * that a judge with an unsteady hand gives it.
 */
final class TrueUtility {

  /**
   * Utility plus noise from which a label of 1, 2, 3, 4 is given; set so that labels have the
   * shares of MSLR-WEB30K: 51.4, 32.5, 13.4, 1.9 and 0.8 %.
   */
  private static final double[] THRESHOLDS = {1.306, 2.347, 3.441, 4.043};

  /** Spread of the judges' noise; the utility itself has a spread of about 0.9. */
  static final double NOISE = 0.45;

  private TrueUtility() {}

  /** The utility of the item whose features start at {@code row}. */
  static double of(SyntheticQuery query, float[] features, int row) {
    double title = text(features, row, TextFeatures.COVERED_RATIO, TextFeatures.TITLE);
    double url = text(features, row, TextFeatures.COVERED_RATIO, TextFeatures.URL);
    double whole = text(features, row, TextFeatures.COVERED_RATIO, TextFeatures.WHOLE);
    double match =
        text(features, row, TextFeatures.BM25, TextFeatures.BODY)
            / (1 + text(features, row, TextFeatures.IDF, TextFeatures.BODY));
    double anchors =
        Math.log1p(text(features, row, TextFeatures.TERM_FREQUENCY, TextFeatures.ANCHOR));
    double quality = features[row + SyntheticPage.QUALITY] / 255;
    double spam = features[row + SyntheticPage.QUALITY_2] / 255;
    double clicks = Math.log1p(features[row + SyntheticPage.QUERY_URL_CLICKS]);
    double links = Math.log1p(features[row + SyntheticPage.INLINKS]);
    double depth = features[row + SyntheticPage.SLASHES];
    double navigational = query.navigational();

    double topical = whole * Math.tanh(1.3 * match) * (0.7 + 1.1 * quality);
    double named = title * (0.5 + 0.5 * url) * (0.4 + 0.8 * navigational);
    double known = navigational * Math.tanh(0.35 * links) + 0.12 * Math.min(anchors, 5);
    double liked = 0.55 * Math.tanh(0.6 * clicks) * (1 + 0.5 * title);
    double buried = 0.18 * Math.max(0, depth - 4);
    double farmed = spam > 0.6 && quality < 0.3 ? 0.7 * (1 - title) : 0;
    return 1.4 * topical + named + known + liked - buried - farmed + query.effect();
  }

  /** The label that a judge gives an item of that utility. */
  static long label(double utility, SplittableRandom random) {
    double judged = utility + NOISE * random.nextGaussian();
    int label = 0;
    while (label < THRESHOLDS.length && judged >= THRESHOLDS[label]) {
      label++;
    }
    return label;
  }

  private static double text(float[] features, int row, int feature, int stream) {
    return features[row + TextFeatures.STREAMS * feature + stream];
  }
}
