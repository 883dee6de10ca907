package io.rankline.pipeline.benchmark;

import java.util.Arrays;

/** Gradients of ranking losses on one list, from their formulas, pair by pair. */
enum PlainLoss {

  /** -sum(y_i ln softmax(s)_i): slope Y softmax(s)_i - y_i, where Y is the sum of labels. */
  SOFTMAX_LOSS {
    @Override
    double[] slopes(double[] labels, double[] scores) {
      double largest = Arrays.stream(scores).max().orElseThrow();
      double mass = Arrays.stream(scores).map(score -> Math.exp(score - largest)).sum();
      double sum = Arrays.stream(labels).sum();
      double[] slopes = new double[scores.length];
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] = sum * Math.exp(scores[i] - largest) / mass - labels[i];
      }
      return slopes;
    }
  },

  /** Sum of ln(1 + e^(s_j - s_i)) over pairs with y_i > y_j. */
  PAIRWISE_LOGISTIC_LOSS {
    @Override
    double[] slopes(double[] labels, double[] scores) {
      double[] slopes = new double[scores.length];
      for (int i = 0; i < slopes.length; i++) {
        for (int j = 0; j < slopes.length; j++) {
          if (labels[i] > labels[j]) {
            double pull = sigmoid(scores[j] - scores[i]);
            slopes[i] -= pull;
            slopes[j] += pull;
          }
        }
      }
      return slopes;
    }
  },

  /**
   * -DCG / best DCG, with the rank 1 + sum(sigmoid((s_j - s_i) / 0.1)) of item i over all others in
   * the place of its real one, and the discount 1 / ln(1 + rank).
   */
  APPROX_NDCG_LOSS {
    @Override
    double[] slopes(double[] labels, double[] scores) {
      int n = scores.length;
      double[] sorted = labels.clone();
      Arrays.sort(sorted);
      double best = 0;
      for (int rank = 1; rank <= n; rank++) {
        best += (Math.pow(2, sorted[n - rank]) - 1) / Math.log(1 + rank);
      }
      double[] slopes = new double[n];
      if (best == 0) {
        return slopes;
      }
      for (int i = 0; i < n; i++) {
        double rank = 1;
        for (int j = 0; j < n; j++) {
          rank += j == i ? 0 : sigmoid((scores[j] - scores[i]) / TEMPERATURE);
        }
        double log = Math.log(1 + rank);
        double slopeOfRank = (Math.pow(2, labels[i]) - 1) / best / (log * log * (1 + rank));
        for (int j = 0; j < n; j++) {
          if (j != i) {
            double above = sigmoid((scores[j] - scores[i]) / TEMPERATURE);
            double slope = slopeOfRank * above * (1 - above) / TEMPERATURE;
            slopes[j] += slope;
            slopes[i] -= slope;
          }
        }
      }
      return slopes;
    }
  };

  private static final double TEMPERATURE = 0.1;

  /** How the loss of the list changes with each score, [N]. */
  abstract double[] slopes(double[] labels, double[] scores);

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
