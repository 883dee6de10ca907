package io.rankline.model;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A training step of a tower, written out in double loops: dense, batch norm and relu in each
 * hidden layer, a dense score, softmax loss averaged over lists, Keras's Adam.
 */
final class PlainTower {

  private static final double EPSILON = 1e-3;
  private static final double ADAM_EPSILON = 1e-7;

  private final int[] widths;
  private final double learningRate;

  /** By the names that the model's graph has for them; matrices row by row, [in, out]. */
  final Map<String, double[]> parameters = new TreeMap<>();

  final Map<String, double[]> gradients = new TreeMap<>();

  /** Takes the parameters of a model before the step. */
  PlainTower(int[] widths, double learningRate, Function<String, double[]> initial) {
    this.widths = widths;
    this.learningRate = learningRate;
    for (int k = 1; k < widths.length - 1; k++) {
      for (String part : new String[] {"W", "gamma", "beta", "mean", "var"}) {
        parameters.put(name(k, part), initial.apply(name(k, part)));
      }
    }
    parameters.put("score_head_W", initial.apply("score_head_W"));
    parameters.put("score_head_b", initial.apply("score_head_b"));
  }

  private double[] parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  private static String name(int layer, String part) {
    return "hidden_" + layer + "_" + part;
  }

  /**
   * One step.
   *
   * @param x items [N][features], list after list
   * @param labels [N]
   * @param starts first item of each list, and N
   * @return the loss before the step
   */
  double step(double[][] x, double[] labels, int[] starts) {
    int hidden = widths.length - 2;
    double[][][] inputs = new double[hidden + 2][][];
    double[][][] normalized = new double[hidden + 1][][];
    double[][] deviations = new double[hidden + 1][];
    inputs[1] = x;
    for (int k = 1; k <= hidden; k++) {
      double[][] z = product(inputs[k], parameter(name(k, "W")), widths[k]);
      deviations[k] = new double[widths[k]];
      normalized[k] = normalize(z, k, deviations[k]);
      inputs[k + 1] = scaledRelu(normalized[k], k);
    }
    double[][] scores = product(inputs[hidden + 1], parameter("score_head_W"), 1);
    for (double[] score : scores) {
      score[0] += parameter("score_head_b")[0];
    }
    double[][] dScores = new double[x.length][1];
    final double loss = softmaxLoss(scores, labels, starts, dScores);

    gradients.put("score_head_b", columnSums(dScores));
    gradients.put("score_head_W", transposedProduct(inputs[hidden + 1], dScores));
    double[][] g = productBack(dScores, parameter("score_head_W"), widths[hidden]);
    for (int k = hidden; k >= 1; k--) {
      double[][] dz = normalizeBack(g, inputs[k + 1], normalized[k], deviations[k], k);
      gradients.put(name(k, "W"), transposedProduct(inputs[k], dz));
      g = productBack(dz, parameter(name(k, "W")), widths[k - 1]);
    }
    gradients.forEach((name, gradient) -> adam(parameter(name), gradient));
    return loss;
  }

  /** Also moves the running statistics. */
  private double[][] normalize(double[][] z, int k, double[] deviation) {
    double[][] normalized = new double[z.length][widths[k]];
    for (int j = 0; j < widths[k]; j++) {
      double mean = 0;
      for (double[] row : z) {
        mean += row[j] / z.length;
      }
      double variance = 0;
      for (double[] row : z) {
        variance += (row[j] - mean) * (row[j] - mean) / z.length;
      }
      deviation[j] = Math.sqrt(variance + EPSILON);
      for (int r = 0; r < z.length; r++) {
        normalized[r][j] = (z[r][j] - mean) / deviation[j];
      }
      // The first batch takes the place of what they began with, whatever the momentum.
      parameter(name(k, "mean"))[j] = mean;
      parameter(name(k, "var"))[j] = variance;
    }
    return normalized;
  }

  private double[][] scaledRelu(double[][] normalized, int k) {
    double[] gamma = parameter(name(k, "gamma"));
    double[] beta = parameter(name(k, "beta"));
    double[][] y = new double[normalized.length][widths[k]];
    for (int r = 0; r < y.length; r++) {
      for (int j = 0; j < widths[k]; j++) {
        y[r][j] = Math.max(0, normalized[r][j] * gamma[j] + beta[j]);
      }
    }
    return y;
  }

  /** Through relu and batch norm; also the gradients of gamma and beta. */
  private double[][] normalizeBack(
      double[][] dy, double[][] y, double[][] normalized, double[] deviation, int k) {
    int n = dy.length;
    double[] gamma = parameter(name(k, "gamma"));
    double[] dGamma = new double[widths[k]];
    double[] dBeta = new double[widths[k]];
    double[][] dz = new double[n][widths[k]];
    for (int j = 0; j < widths[k]; j++) {
      for (int r = 0; r < n; r++) {
        double g = y[r][j] > 0 ? dy[r][j] : 0;
        dBeta[j] += g;
        dGamma[j] += g * normalized[r][j];
      }
      for (int r = 0; r < n; r++) {
        double g = y[r][j] > 0 ? dy[r][j] : 0;
        dz[r][j] = gamma[j] / deviation[j] * (g - dBeta[j] / n - normalized[r][j] * dGamma[j] / n);
      }
    }
    gradients.put(name(k, "gamma"), dGamma);
    gradients.put(name(k, "beta"), dBeta);
    return dz;
  }

  private static double softmaxLoss(
      double[][] scores, double[] labels, int[] starts, double[][] gradient) {
    int lists = starts.length - 1;
    double loss = 0;
    for (int b = 0; b < lists; b++) {
      double sum = 0;
      double labelSum = 0;
      for (int i = starts[b]; i < starts[b + 1]; i++) {
        sum += Math.exp(scores[i][0]);
        labelSum += labels[i];
      }
      for (int i = starts[b]; i < starts[b + 1]; i++) {
        double probability = Math.exp(scores[i][0]) / sum;
        loss -= labels[i] * Math.log(probability) / lists;
        gradient[i][0] = (labelSum * probability - labels[i]) / lists;
      }
    }
    return loss;
  }

  /** The first step of Adam, whose moments were 0. */
  private void adam(double[] parameter, double[] gradient) {
    for (int i = 0; i < parameter.length; i++) {
      double first = 0.1 * gradient[i];
      double second = 0.001 * gradient[i] * gradient[i];
      double rate = learningRate * Math.sqrt(1 - 0.999) / (1 - 0.9);
      parameter[i] -= rate * first / (Math.sqrt(second) + ADAM_EPSILON);
    }
  }

  private static double[][] product(double[][] x, double[] w, int outputs) {
    double[][] z = new double[x.length][outputs];
    for (int r = 0; r < x.length; r++) {
      for (int i = 0; i < x[r].length; i++) {
        for (int j = 0; j < outputs; j++) {
          z[r][j] += x[r][i] * w[i * outputs + j];
        }
      }
    }
    return z;
  }

  private static double[] transposedProduct(double[][] x, double[][] dz) {
    int outputs = dz[0].length;
    double[] w = new double[x[0].length * outputs];
    for (int r = 0; r < x.length; r++) {
      for (int i = 0; i < x[r].length; i++) {
        for (int j = 0; j < outputs; j++) {
          w[i * outputs + j] += x[r][i] * dz[r][j];
        }
      }
    }
    return w;
  }

  private static double[][] productBack(double[][] dz, double[] w, int inputs) {
    int outputs = dz[0].length;
    double[][] dx = new double[dz.length][inputs];
    for (int r = 0; r < dz.length; r++) {
      for (int i = 0; i < inputs; i++) {
        for (int j = 0; j < outputs; j++) {
          dx[r][i] += dz[r][j] * w[i * outputs + j];
        }
      }
    }
    return dx;
  }

  private static double[] columnSums(double[][] rows) {
    double[] sums = new double[rows[0].length];
    for (double[] row : rows) {
      for (int j = 0; j < sums.length; j++) {
        sums[j] += row[j];
      }
    }
    return sums;
  }
}
