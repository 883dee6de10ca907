package io.rankline.model.kernel.attention;

/** Attention of one list and head in double, loop by loop. */
final class AttentionOracle {

  private AttentionOracle() {}

  /**
   * O = (softmax(Q K^T / sqrt(k)) * keep) V.
   *
   * @param keep factors of the probabilities
   */
  static double[][] output(double[][] q, double[][] k, double[][] v, double[][] keep) {
    double[][] p = probabilities(q, k);
    double[][] output = new double[q.length][v[0].length];
    for (int i = 0; i < q.length; i++) {
      for (int j = 0; j < k.length; j++) {
        for (int c = 0; c < v[0].length; c++) {
          output[i][c] += p[i][j] * keep[i][j] * v[j][c];
        }
      }
    }
    return output;
  }

  /** Derivatives of {@code sum(error * O)} by Q, K and V. */
  static double[][][] gradients(
      double[][] q, double[][] k, double[][] v, double[][] keep, double[][] error) {
    int n = q.length;
    int width = q[0].length;
    double[][] p = probabilities(q, k);
    double[][][] gradients = new double[3][n][width];
    for (int i = 0; i < n; i++) {
      double[] byProbability = new double[n];
      double mean = 0;
      for (int j = 0; j < n; j++) {
        for (int c = 0; c < width; c++) {
          byProbability[j] += keep[i][j] * error[i][c] * v[j][c];
          gradients[2][j][c] += p[i][j] * keep[i][j] * error[i][c];
        }
        mean += p[i][j] * byProbability[j];
      }
      for (int j = 0; j < n; j++) {
        double byScore = p[i][j] * (byProbability[j] - mean) / Math.sqrt(width);
        for (int c = 0; c < width; c++) {
          gradients[0][i][c] += byScore * k[j][c];
          gradients[1][j][c] += byScore * q[i][c];
        }
      }
    }
    return gradients;
  }

  private static double[][] probabilities(double[][] q, double[][] k) {
    double[][] p = new double[q.length][k.length];
    for (int i = 0; i < q.length; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < k.length; j++) {
        for (int c = 0; c < q[i].length; c++) {
          p[i][j] += q[i][c] * k[j][c] / Math.sqrt(q[i].length);
        }
        max = Math.max(max, p[i][j]);
      }
      double sum = 0;
      for (int j = 0; j < k.length; j++) {
        p[i][j] = Math.exp(p[i][j] - max);
        sum += p[i][j];
      }
      for (int j = 0; j < k.length; j++) {
        p[i][j] /= sum;
      }
    }
    return p;
  }
}
