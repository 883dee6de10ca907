package io.rankline.model.kernel.block;

import io.rankline.model.kernel.NativeFloats;
import io.rankline.model.kernel.Tile;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch norm of one pass: (z - mean) * slope + offset. Floats are repeated for the rows of a tile.
 *
 * @param mean of the batch, or running
 * @param slope gamma / deviation
 * @param offset beta
 * @param deviation square root of variance + epsilon
 */
record Normalization(float[] mean, float[] slope, float[] offset, double[] deviation) {

  static Normalization ofBatch(ColumnMoments moments, BlockArrays parameters, double epsilon) {
    float[] gamma = heap(parameters.gamma());
    double[] mean = new double[gamma.length];
    double[] variance = new double[gamma.length];
    for (int j = 0; j < gamma.length; j++) {
      mean[j] = moments.mean(j);
      variance[j] = moments.variance(j);
    }
    return of(mean, variance, gamma, heap(parameters.beta()), epsilon);
  }

  static Normalization running(BlockArrays parameters, double epsilon) {
    float[] gamma = heap(parameters.gamma());
    float[] runningMean = heap(parameters.mean());
    float[] runningVariance = heap(parameters.variance());
    double[] mean = new double[gamma.length];
    double[] variance = new double[gamma.length];
    for (int j = 0; j < gamma.length; j++) {
      mean[j] = runningMean[j];
      variance[j] = runningVariance[j];
    }
    return of(mean, variance, gamma, heap(parameters.beta()), epsilon);
  }

  private static Normalization of(
      double[] mean, double[] variance, float[] gamma, float[] beta, double epsilon) {
    int width = gamma.length;
    float[] center = new float[width];
    float[] slope = new float[width];
    double[] deviation = new double[width];
    for (int j = 0; j < width; j++) {
      center[j] = (float) mean[j];
      deviation[j] = Math.sqrt(variance[j] + epsilon);
      slope[j] = (float) (gamma[j] / deviation[j]);
    }
    return new Normalization(Tile.repeat(center), Tile.repeat(slope), Tile.repeat(beta), deviation);
  }

  static float[] heap(@Nullable INDArray row) {
    INDArray values = Objects.requireNonNull(row);
    return NativeFloats.of(values).toHeap(Math.toIntExact(values.length()));
  }
}
