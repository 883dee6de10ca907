package io.rankline.pipeline.benchmark;

import java.util.Random;

/**
 * A dense layer in loops, with batch norm and relu where it is a hidden one: z = x W, h =
 * relu(gamma (z - mean) / sqrt(variance + 0.001) + beta). The last layer is z = x W + b.
 */
final class PlainLayer {

  private static final double EPSILON = 1e-3;
  private static final double MOMENTUM = 0.9;

  private final boolean hidden;
  private final int inputs;
  private final int outputs;
  private final double[][] weights;
  private final double[][] firstMoments;
  private final double[][] secondMoments;
  private final double[] runningMean;
  private final double[] runningVariance;

  private double[][] x = {};
  private double[][] normalized = {};
  private double[][] y = {};
  private double[] deviation = {};

  /** Weights from the uniform distribution that Glorot and Bengio give, the rest at 0 or 1. */
  PlainLayer(int inputs, int outputs, boolean hidden, Random random) {
    this.hidden = hidden;
    this.inputs = inputs;
    this.outputs = outputs;
    // Rows 0 to inputs - 1 are W; then gamma and beta, or the bias.
    weights = new double[inputs + (hidden ? 2 : 1)][outputs];
    firstMoments = new double[weights.length][outputs];
    secondMoments = new double[weights.length][outputs];
    runningMean = new double[outputs];
    runningVariance = new double[outputs];
    double limit = Math.sqrt(6.0 / (inputs + outputs));
    for (int j = 0; j < outputs; j++) {
      for (int i = 0; i < inputs; i++) {
        weights[i][j] = limit * (2 * random.nextDouble() - 1);
      }
      weights[inputs][j] = hidden ? 1 : 0;
      runningVariance[j] = 1;
    }
  }

  /** Outputs of rows with the running statistics. */
  double[][] infer(double[][] rows) {
    return hidden
        ? relu(normalize(product(rows), runningMean, deviations(runningVariance)))
        : withBias(product(rows));
  }

  /** Outputs of a training batch; what the way back needs is kept. */
  double[][] forward(double[][] rows) {
    x = rows;
    double[][] z = product(rows);
    if (!hidden) {
      return withBias(z);
    }
    double[] mean = new double[outputs];
    double[] variance = new double[outputs];
    for (double[] row : z) {
      for (int j = 0; j < outputs; j++) {
        mean[j] += row[j] / z.length;
      }
    }
    for (double[] row : z) {
      for (int j = 0; j < outputs; j++) {
        variance[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / z.length;
      }
    }
    for (int j = 0; j < outputs; j++) {
      runningMean[j] = MOMENTUM * runningMean[j] + (1 - MOMENTUM) * mean[j];
      runningVariance[j] = MOMENTUM * runningVariance[j] + (1 - MOMENTUM) * variance[j];
    }
    deviation = deviations(variance);
    normalized = normalize(z, mean, deviation);
    y = relu(normalized);
    return y;
  }

  /**
   * Gradients of the inputs from those of the outputs, and one step of Adam on the parameters.
   *
   * @param step from 1
   */
  double[][] backward(double[][] dy, double rate, int step) {
    double[][] gradient = new double[weights.length][outputs];
    double[][] dz = hidden ? throughNorm(dy, gradient) : dy;
    if (!hidden) {
      for (double[] row : dy) {
        for (int j = 0; j < outputs; j++) {
          gradient[inputs][j] += row[j];
        }
      }
    }
    double[][] transposed = new double[outputs][inputs];
    for (int i = 0; i < inputs; i++) {
      for (int j = 0; j < outputs; j++) {
        transposed[j][i] = weights[i][j];
      }
    }
    double[][] dx = new double[dz.length][inputs];
    for (int r = 0; r < dz.length; r++) {
      for (int i = 0; i < inputs; i++) {
        addScaled(gradient[i], dz[r], x[r][i]);
      }
      for (int j = 0; j < outputs; j++) {
        addScaled(dx[r], transposed[j], dz[r][j]);
      }
    }
    adam(gradient, rate, step);
    return dx;
  }

  private double[][] throughNorm(double[][] dy, double[][] gradient) {
    int n = dy.length;
    double[] dGamma = gradient[inputs];
    double[] dBeta = gradient[inputs + 1];
    double[][] g = new double[n][outputs];
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < outputs; j++) {
        g[r][j] = y[r][j] > 0 ? dy[r][j] : 0;
        dBeta[j] += g[r][j];
        dGamma[j] += g[r][j] * normalized[r][j];
      }
    }
    double[] gamma = weights[inputs];
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < outputs; j++) {
        double centred = g[r][j] - dBeta[j] / n - normalized[r][j] * dGamma[j] / n;
        g[r][j] = gamma[j] / deviation[j] * centred;
      }
    }
    return g;
  }

  /** Kingma and Ba's Adam with the constants 0.9, 0.999 and 1e-7. */
  private void adam(double[][] gradient, double rate, int step) {
    double firstShare = 1 - Math.pow(0.9, step);
    double secondShare = 1 - Math.pow(0.999, step);
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < outputs; j++) {
        double g = gradient[i][j];
        firstMoments[i][j] = 0.9 * firstMoments[i][j] + 0.1 * g;
        secondMoments[i][j] = 0.999 * secondMoments[i][j] + 0.001 * g * g;
        double first = firstMoments[i][j] / firstShare;
        double second = secondMoments[i][j] / secondShare;
        weights[i][j] -= rate * first / (Math.sqrt(second) + 1e-7);
      }
    }
  }

  private double[][] product(double[][] rows) {
    double[][] z = new double[rows.length][outputs];
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < inputs; i++) {
        addScaled(z[r], weights[i], rows[r][i]);
      }
    }
    return z;
  }

  /** The loop that takes all the time: relu leaves out about half of it. */
  private static void addScaled(double[] sum, double[] values, double factor) {
    if (factor != 0) {
      for (int j = 0; j < sum.length; j++) {
        sum[j] += factor * values[j];
      }
    }
  }

  private double[][] withBias(double[][] z) {
    for (double[] row : z) {
      addScaled(row, weights[inputs], 1);
    }
    return z;
  }

  private static double[] deviations(double[] variance) {
    double[] deviations = new double[variance.length];
    for (int j = 0; j < deviations.length; j++) {
      deviations[j] = Math.sqrt(variance[j] + EPSILON);
    }
    return deviations;
  }

  private static double[][] normalize(double[][] z, double[] mean, double[] deviation) {
    for (double[] row : z) {
      for (int j = 0; j < row.length; j++) {
        row[j] = (row[j] - mean[j]) / deviation[j];
      }
    }
    return z;
  }

  private double[][] relu(double[][] rows) {
    double[][] result = new double[rows.length][outputs];
    for (int r = 0; r < rows.length; r++) {
      for (int j = 0; j < outputs; j++) {
        result[r][j] = Math.max(0, weights[inputs][j] * rows[r][j] + weights[inputs + 1][j]);
      }
    }
    return result;
  }
}
