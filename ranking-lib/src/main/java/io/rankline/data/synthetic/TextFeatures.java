package io.rankline.data.synthetic;

import java.util.SplittableRandom;

/**
 * The 25 text features of 5 streams: body, anchor, title, URL, whole document. Counts of the query
 * terms are drawn for each stream; everything else follows from them. Feature {@code k} of stream
 * {@code s} stands at {@code 5 * k + s}.
 */
final class TextFeatures {

  static final int STREAMS = 5;
  static final int BODY = 0;
  static final int ANCHOR = 1;
  static final int TITLE = 2;
  static final int URL = 3;
  static final int WHOLE = 4;

  static final int COVERED_TERMS = 0;
  static final int COVERED_RATIO = 1;
  static final int LENGTH = 2;
  static final int IDF = 3;
  static final int TERM_FREQUENCY = 4; // sum, min, max, mean, variance
  static final int NORMALIZED_FREQUENCY = 9; // the same five
  static final int TF_IDF = 14; // the same five
  static final int BOOLEAN_MODEL = 19;
  static final int VECTOR_SPACE_MODEL = 20;
  static final int BM25 = 21;
  static final int LMIR_ABS = 22;
  static final int LMIR_DIR = 23;
  static final int LMIR_JM = 24;

  /** Words of an average stream, for the length normalization of BM25. */
  private static final double[] AVERAGE_LENGTH = {600, 40, 8, 5, 650};

  /** How much rarer a term is in the stream than in bodies. */
  private static final double[] IDF_SHIFT = {0, 1.2, 2, 2.6, 0};

  private static final double BM25_K1 = 1.2;
  private static final double BM25_B = 0.75;
  private static final double ABS_DISCOUNT = 0.7;
  private static final double DIRICHLET_MU = 2000;
  private static final double JM_LAMBDA = 0.1;

  private final SyntheticQuery query;
  private final int terms;

  /** By stream and term. */
  private final double[] idf;

  /** By stream and term: share of the term among all words of such streams. */
  private final double[] background;

  private final double[] idfSums = new double[STREAMS];
  private final double[] idfNorms = new double[STREAMS];

  private final int[] counts;
  private final double[] lengths = new double[STREAMS];
  private final double[] scratch;

  TextFeatures(SyntheticQuery query) {
    this.query = query;
    this.terms = query.terms();
    this.idf = new double[STREAMS * terms];
    this.background = new double[STREAMS * terms];
    this.counts = new int[STREAMS * terms];
    this.scratch = new double[terms];
    for (int s = 0; s < STREAMS; s++) {
      double squares = 0;
      for (int t = 0; t < terms; t++) {
        double value = query.termIdf()[t] + IDF_SHIFT[s];
        idf[s * terms + t] = value;
        background[s * terms + t] = 0.05 * Math.exp(-0.8 * value);
        idfSums[s] += value;
        squares += value * value;
      }
      idfNorms[s] = Math.sqrt(squares);
    }
  }

  /** Features 1 to 125 of the row that starts at {@code row}. */
  void fill(SyntheticPage page, SplittableRandom random, float[] features, int row) {
    drawCounts(page, random);
    for (int s = 0; s < STREAMS; s++) {
      fillStream(s, features, row + s);
    }
  }

  private void drawCounts(SyntheticPage page, SplittableRandom random) {
    lengths[BODY] = Math.rint(Draws.logNormal(random, 5.9, 1.0));
    lengths[ANCHOR] =
        page.inlinks() == 0
            ? 0
            : Math.rint(Math.min(1e5, page.inlinks() * Draws.logNormal(random, 0.7, 0.7)));
    lengths[TITLE] = Math.rint(Draws.logNormal(random, 2, 0.4));
    lengths[URL] = 1 + page.urlDepth() + Draws.poisson(random, 1.5);
    lengths[WHOLE] = lengths[BODY] + lengths[ANCHOR] + lengths[TITLE] + lengths[URL];

    for (int t = 0; t < terms; t++) {
      double closeness = page.topicality() + 0.6 * random.nextGaussian();
      double rarity = Math.exp(-0.12 * query.termIdf()[t]);
      double about = Math.exp(0.9 * closeness);
      counts[BODY * terms + t] = draw(random, lengths[BODY], 0.012 * about * rarity);
      counts[ANCHOR * terms + t] = draw(random, lengths[ANCHOR], 0.10 * about * rarity);
      counts[TITLE * terms + t] = draw(random, lengths[TITLE], 0.07 * about * rarity);
      counts[URL * terms + t] = draw(random, lengths[URL], 0.06 * about * rarity);
      counts[WHOLE * terms + t] =
          counts[BODY * terms + t]
              + counts[ANCHOR * terms + t]
              + counts[TITLE * terms + t]
              + counts[URL * terms + t];
    }
  }

  /** A term that makes up that share of the words, at most a third of them. */
  private static int draw(SplittableRandom random, double length, double share) {
    return (int) Math.min(length, Draws.poisson(random, length * Math.min(share, 0.33)));
  }

  private void fillStream(int s, float[] features, int at) {
    int from = s * terms;
    double length = lengths[s];
    int covered = 0;
    double cosine = 0;
    double bm25 = 0;
    double abs = 0;
    double dirichlet = 0;
    double jelinekMercer = 0;
    double saturation = BM25_K1 * (1 - BM25_B + BM25_B * length / AVERAGE_LENGTH[s]);
    for (int t = 0; t < terms; t++) {
      int count = counts[from + t];
      covered += count > 0 ? 1 : 0;
    }
    for (int t = 0; t < terms; t++) {
      int count = counts[from + t];
      double weight = idf[from + t];
      double share = background[from + t];
      cosine += count * weight * weight;
      bm25 += weight * count * (BM25_K1 + 1) / (count + saturation);
      if (length > 0) {
        double discounted =
            Math.max(count - ABS_DISCOUNT, 0) / length + ABS_DISCOUNT * covered / length * share;
        abs += Math.log(discounted + 1e-6 * share);
        dirichlet += Math.log((count + DIRICHLET_MU * share) / (length + DIRICHLET_MU));
        jelinekMercer += Math.log((1 - JM_LAMBDA) * count / length + JM_LAMBDA * share);
      }
    }
    set(features, at, COVERED_TERMS, covered);
    set(features, at, COVERED_RATIO, (double) covered / terms);
    set(features, at, LENGTH, length);
    set(features, at, IDF, idfSums[s]);
    for (int t = 0; t < terms; t++) {
      scratch[t] = counts[from + t];
    }
    setMoments(features, at, TERM_FREQUENCY);
    for (int t = 0; t < terms; t++) {
      scratch[t] = length == 0 ? 0 : counts[from + t] / length;
    }
    setMoments(features, at, NORMALIZED_FREQUENCY);
    for (int t = 0; t < terms; t++) {
      scratch[t] = counts[from + t] * idf[from + t];
    }
    setMoments(features, at, TF_IDF);
    set(features, at, BOOLEAN_MODEL, covered == terms ? 1 : 0);
    set(
        features,
        at,
        VECTOR_SPACE_MODEL,
        length == 0 ? 0 : cosine / (idfNorms[s] * Math.sqrt(length)));
    set(features, at, BM25, bm25);
    set(features, at, LMIR_ABS, abs);
    set(features, at, LMIR_DIR, dirichlet);
    set(features, at, LMIR_JM, jelinekMercer);
  }

  /** Sum, minimum, maximum, mean and variance of the scratch values. */
  private void setMoments(float[] features, int at, int first) {
    double sum = 0;
    double squares = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : scratch) {
      sum += value;
      squares += value * value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    double mean = sum / terms;
    set(features, at, first, sum);
    set(features, at, first + 1, min);
    set(features, at, first + 2, max);
    set(features, at, first + 3, mean);
    set(features, at, first + 4, Math.max(0, squares / terms - mean * mean));
  }

  private static void set(float[] features, int at, int feature, double value) {
    features[at + STREAMS * feature] = (float) value;
  }
}
