package io.rankline.loss.lambda;

import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Pairs whose swap would change precision at topn: weight 1 if exactly one of the items is relevant
 * and exactly one stands in the first topn ranks, else 0.
 */
public record PrecisionLambdaWeight(
    @Option(least = 1, meaning = "the cut-off of precision") int topn,
    @Option(fallback = "1.0", meaning = "the label from which an item is relevant")
        double relevantFrom)
    implements PairLambdaWeight {

  /** TF-Ranking's idea of relevance. */
  public static final double DEFAULT_RELEVANT_FROM = 1;

  public PrecisionLambdaWeight {
    Faults.in(PrecisionLambdaWeight.class, topn, relevantFrom).orThrow();
  }

  /** Precision at {@code topn}, relevant from label 1. */
  public PrecisionLambdaWeight(int topn) {
    this(topn, DEFAULT_RELEVANT_FROM);
  }

  @Override
  public String kind() {
    return "precision";
  }

  @Override
  public void prepare(LambdaItems items) {}

  @Override
  public void row(LambdaItems items, int i, int from, int to, double[] out) {
    int[] ranks = items.ranks();
    double[] labels = items.labels();
    boolean relevant = labels[i] >= relevantFrom;
    boolean inTop = ranks[i] <= topn;
    for (int j = from; j < to; j++) {
      boolean changes = relevant != (labels[j] >= relevantFrom) && inTop != (ranks[j] <= topn);
      out[j] = changes ? 1 : 0;
    }
  }
}
