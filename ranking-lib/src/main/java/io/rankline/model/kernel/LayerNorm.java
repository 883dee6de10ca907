package io.rankline.model.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Normalises every row by its own mean and variance, which is divided by the width, not by one
 * less: {@code gain * (x - mean) / sqrt(variance + epsilon) + bias}.
 *
 * @param epsilon added to the variance, above 0
 */
public record LayerNorm(double epsilon) {

  /**
   * Computes it.
   *
   * @param x [N, width]
   * @param gain [1, width]
   * @param bias [1, width]
   * @param y filled, [N, width]
   */
  public void forward(INDArray x, INDArray gain, INDArray bias, INDArray y) {
    if (NativeFloats.has(x, y)) {
      float[] gains = gain.toFloatVector();
      float[] biases = bias.toFloatVector();
      RowPass.run(
          new INDArray[] {x},
          new INDArray[] {y},
          (tile, stripe, row, rows) -> forward(tile, rows, gains, biases));
    } else {
      y.assign(normal(deviation(x)).muliRowVector(gain).addiRowVector(bias));
    }
  }

  /**
   * The gradients.
   *
   * @param dy gradient at the output
   * @param dx filled with the gradient at x
   * @param dGain filled, [1, width]
   * @param dBias filled, [1, width]
   */
  public void backward(
      INDArray x, INDArray gain, INDArray dy, INDArray dx, INDArray dGain, INDArray dBias) {
    if (NativeFloats.has(x, dx)) {
      float[] gains = gain.toFloatVector();
      Sums sums = new Sums(gains.length);
      RowPass.run(
          new INDArray[] {x, NativeFloats.has(dy) ? dy : dy.dup('c')},
          new INDArray[] {dx},
          (tile, stripe, row, rows) -> backward(tile, rows, gains, sums, stripe));
      dGain.assign(total(sums.gains));
      dBias.assign(total(sums.biases));
    } else {
      INDArray deviation = deviation(x);
      INDArray normal = normal(deviation);
      dGain.assign(dy.mul(normal).sum(true, 0));
      dBias.assign(dy.sum(true, 0));
      INDArray slope = dy.mulRowVector(gain);
      INDArray along = slope.mul(normal).mean(true, 1);
      slope.subiColumnVector(slope.mean(true, 1)).subi(normal.muliColumnVector(along));
      dx.assign(slope.diviColumnVector(spread(deviation)));
    }
  }

  /** Gradients of gain and bias, summed over the rows of each stripe. */
  private record Sums(double[][] gains, double[][] biases) {

    Sums(int width) {
      this(new double[RowPass.STRIPES][width], new double[RowPass.STRIPES][width]);
    }
  }

  private void forward(Tile tile, int rows, float[] gains, float[] biases) {
    int width = gains.length;
    float[] row = new float[width];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(tile.array(0), i * width, row, 0, width);
      normalize(row);
      for (int j = 0; j < width; j++) {
        row[j] = row[j] * gains[j] + biases[j];
      }
      System.arraycopy(row, 0, tile.array(1), i * width, width);
    }
  }

  private void backward(Tile tile, int rows, float[] gains, Sums sums, int stripe) {
    int width = gains.length;
    float[] row = new float[width];
    float[] slope = new float[width];
    float[] gainSum = new float[width];
    float[] biasSum = new float[width];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(tile.array(0), i * width, row, 0, width);
      System.arraycopy(tile.array(1), i * width, slope, 0, width);
      float inverse = normalize(row);
      for (int j = 0; j < width; j++) {
        gainSum[j] += slope[j] * row[j];
        biasSum[j] += slope[j];
        slope[j] *= gains[j];
      }
      float mean = FloatLoops.sum(slope, 0, width) / width;
      float along = FloatLoops.dot(slope, row, 0, width) / width;
      for (int j = 0; j < width; j++) {
        slope[j] = (slope[j] - mean - row[j] * along) * inverse;
      }
      System.arraycopy(slope, 0, tile.array(2), i * width, width);
    }
    addTo(sums.gains[stripe], gainSum);
    addTo(sums.biases[stripe], biasSum);
  }

  /** Makes a row's mean 0 and its variance 1; returns what it was divided by, inverted. */
  private float normalize(float[] row) {
    int width = row.length;
    FloatLoops.add(row, -FloatLoops.sum(row, 0, width) / width, 0, width);
    double variance = FloatLoops.dot(row, row, 0, width) / width;
    float inverse = (float) (1 / Math.sqrt(variance + epsilon));
    FloatLoops.multiply(row, inverse, 0, width);
    return inverse;
  }

  private static void addTo(double[] sums, float[] values) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += values[j];
    }
  }

  private static INDArray total(double[][] stripes) {
    float[] total = new float[stripes[0].length];
    for (int j = 0; j < total.length; j++) {
      double sum = 0;
      for (double[] stripe : stripes) {
        sum += stripe[j];
      }
      total[j] = (float) sum;
    }
    return Nd4j.createFromArray(total).reshape(1, total.length);
  }

  private static INDArray deviation(INDArray x) {
    return x.subColumnVector(x.mean(true, 1));
  }

  private INDArray normal(INDArray deviation) {
    return deviation.divColumnVector(spread(deviation));
  }

  /** Standard deviation of every row, epsilon included, shape [N, 1]. */
  private INDArray spread(INDArray deviation) {
    return Transforms.sqrt(deviation.mul(deviation).mean(true, 1).addi(epsilon), false);
  }
}
