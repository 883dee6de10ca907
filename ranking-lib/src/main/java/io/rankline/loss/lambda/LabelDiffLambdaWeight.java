package io.rankline.loss.lambda;

/**
 * Pairs count by how far their labels lie apart: {@code |y_i - y_j|}. Ranks take no part; items of
 * one label have weight 0.
 */
public record LabelDiffLambdaWeight() implements PairLambdaWeight {

  @Override
  public String kind() {
    return "label_diff";
  }

  @Override
  public void prepare(LambdaItems items) {}

  @Override
  public void row(LambdaItems items, int i, int from, int to, double[] out) {
    double[] labels = items.labels();
    double label = labels[i];
    for (int j = from; j < to; j++) {
      out[j] = Math.abs(label - labels[j]);
    }
  }
}
