package io.rankline.frozen.step;

/**
 * A batch norm that has seen its data: {@code x * factor + offset} in every column.
 *
 * @param factors {@code gamma / sqrt(variance + epsilon)}
 * @param offsets {@code beta - mean * factor}
 */
public record Scaling(float[] factors, float[] offsets) {

  /** Of the parameters of a batch norm. */
  static Scaling of(float[] gamma, float[] beta, float[] mean, float[] variance, double epsilon) {
    float[] factors = new float[gamma.length];
    float[] offsets = new float[gamma.length];
    for (int j = 0; j < gamma.length; j++) {
      double factor = gamma[j] / Math.sqrt(variance[j] + epsilon);
      factors[j] = (float) factor;
      offsets[j] = (float) (beta[j] - mean[j] * factor);
    }
    return new Scaling(factors, offsets);
  }

  /**
   * Scales the columns of the weights that a batch norm stands behind.
   *
   * @param groups as {@link Layer} has them
   */
  void fold(int[] groups, float[] weights) {
    int share = factors.length / groups.length;
    int at = 0;
    for (int g = 0; g < groups.length; g++) {
      for (int j = g * share; j < (g + 1) * share; j++) {
        for (int i = 0; i < groups[g]; i++) {
          weights[at++] *= factors[j];
        }
      }
    }
  }

  /** Scales rows; {@code out} may be {@code x}. */
  void apply(float[] x, float[] out, int rows) {
    int width = factors.length;
    for (int r = 0; r < rows; r++) {
      int at = r * width;
      for (int j = 0; j < width; j++) {
        out[at + j] = Math.fma(x[at + j], factors[j], offsets[j]);
      }
    }
  }
}
