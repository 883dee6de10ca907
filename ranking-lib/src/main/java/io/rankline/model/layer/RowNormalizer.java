package io.rankline.model.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layer normalisation of chunks of rows, and sums over rows of its gradients. */
final class RowNormalizer {

  private final float[] gains;
  private final double epsilon;

  /** Gradient of the gain and of the bias, summed over the rows of a stripe. */
  private final double[][] gainSums;

  private final double[][] biasSums;

  RowNormalizer(float[] gains, double epsilon) {
    this.gains = gains;
    this.epsilon = epsilon;
    this.gainSums = new double[RowLoop.STRIPES][gains.length];
    this.biasSums = new double[RowLoop.STRIPES][gains.length];
  }

  static void forward(RowLoop.Chunk chunk, float[] gains, float[] biases, double epsilon) {
    int width = gains.length;
    float[] out = chunk.out[0];
    float[] row = new float[width];
    for (int i = 0; i < chunk.rows; i++) {
      System.arraycopy(chunk.in[0], i * width, row, 0, width);
      normalize(row, epsilon);
      for (int j = 0; j < width; j++) {
        row[j] = row[j] * gains[j] + biases[j];
      }
      System.arraycopy(row, 0, out, i * width, width);
    }
  }

  void backward(RowLoop.Chunk chunk) {
    int width = gains.length;
    float[] row = new float[width];
    float[] slope = new float[width];
    float[] gainSum = new float[width];
    float[] biasSum = new float[width];
    for (int i = 0; i < chunk.rows; i++) {
      System.arraycopy(chunk.in[0], i * width, row, 0, width);
      System.arraycopy(chunk.in[1], i * width, slope, 0, width);
      float inverse = normalize(row, epsilon);
      for (int j = 0; j < width; j++) {
        gainSum[j] += slope[j] * row[j];
        biasSum[j] += slope[j];
        slope[j] *= gains[j];
      }
      float mean = RowArithmetic.sum(slope, 0, width) / width;
      float along = RowArithmetic.dot(slope, row, 0, width) / width;
      for (int j = 0; j < width; j++) {
        slope[j] = (slope[j] - mean - row[j] * along) * inverse;
      }
      System.arraycopy(slope, 0, chunk.out[0], i * width, width);
    }
    addTo(gainSums[chunk.stripe], gainSum);
    addTo(biasSums[chunk.stripe], biasSum);
  }

  /** Writes the sums over all rows. */
  void putGradients(INDArray gain, INDArray bias) {
    gain.assign(total(gainSums));
    bias.assign(total(biasSums));
  }

  /** Makes a row's mean 0 and its variance 1; returns what it was divided by, inverted. */
  private static float normalize(float[] row, double epsilon) {
    int width = row.length;
    RowArithmetic.add(row, 0, width, -RowArithmetic.sum(row, 0, width) / width);
    double variance = RowArithmetic.dot(row, row, 0, width) / width;
    float inverse = (float) (1 / Math.sqrt(variance + epsilon));
    RowArithmetic.multiply(row, 0, width, inverse);
    return inverse;
  }

  private static void addTo(double[] sums, float[] values) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += values[j];
    }
  }

  private static INDArray total(double[][] stripes) {
    double[] total = new double[stripes[0].length];
    for (double[] stripe : stripes) {
      for (int j = 0; j < total.length; j++) {
        total[j] += stripe[j];
      }
    }
    float[] floats = new float[total.length];
    for (int j = 0; j < total.length; j++) {
      floats[j] = (float) total[j];
    }
    return Nd4j.createFromArray(floats).reshape(1, floats.length);
  }
}
