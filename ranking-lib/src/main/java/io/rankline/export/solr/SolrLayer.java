package io.rankline.export.solr;

import io.rankline.frozen.step.Activation;
import java.util.Arrays;
import java.util.Optional;

/**
 * A layer of a {@code NeuralNetworkModel}: {@code activation(matrix x + bias)}.
 *
 * @param matrix [outputs][inputs]
 * @param bias [outputs]
 * @param activation Solr's name of it
 */
record SolrLayer(float[][] matrix, float[] bias, String activation) {

  /** Slope below 0 of Solr's leakyrelu. */
  static final double LEAK = 0.01;

  static final String IDENTITY = "identity";

  /** Solr's name of an activation; nothing for one that it does not have. */
  static Optional<String> nameOf(Activation activation) {
    return Optional.ofNullable(
        switch (activation.function()) {
          case IDENTITY -> IDENTITY;
          case RELU -> "relu";
          case TANH -> "tanh";
          case SIGMOID -> "sigmoid";
          case LEAKY_RELU -> (float) activation.alpha() == (float) LEAK ? "leakyrelu" : null;
          default -> null;
        });
  }

  /** Number of its weights. */
  long size() {
    return (long) matrix.length * (matrix[0].length + 1);
  }

  /**
   * Computes rows as Solr does, in float32 from the bias on, input after input.
   *
   * @param x [inputs][rows]
   * @return [outputs][rows]
   */
  float[][] apply(float[][] x) {
    int rows = x[0].length;
    float[][] out = new float[matrix.length][rows];
    for (int i = 0; i < matrix.length; i++) {
      float[] sum = out[i];
      Arrays.fill(sum, bias[i]);
      for (int j = 0; j < matrix[i].length; j++) {
        float weight = matrix[i][j];
        float[] column = x[j];
        for (int r = 0; r < rows; r++) {
          sum[r] += weight * column[r];
        }
      }
      for (int r = 0; r < rows; r++) {
        sum[r] = activated(sum[r]);
      }
    }
    return out;
  }

  private float activated(float x) {
    return switch (activation) {
      case IDENTITY -> x;
      case "relu" -> x < 0 ? 0 : x;
      case "leakyrelu" -> x < 0 ? (float) LEAK * x : x;
      case "tanh" -> (float) Math.tanh(x);
      case "sigmoid" -> (float) (1 / (1 + Math.exp(-x)));
      default ->
          throw new IllegalArgumentException("Solr has no activation '%s'".formatted(activation));
    };
  }
}
