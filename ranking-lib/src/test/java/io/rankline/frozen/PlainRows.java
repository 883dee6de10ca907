package io.rankline.frozen;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Rows times weights in three loops, and rows and weights to try them with. */
public final class PlainRows {

  private PlainRows() {}

  /**
   * {@code bias[j] + sum of x[r][i] * weights[i][j]}, i ascending, each term by one fused
   * multiply-add.
   *
   * @param groups widths of the groups of columns, each with weights of its own
   * @param weights for each group column by column
   */
  public static float[] product(
      float[] x, int rows, List<Integer> groups, float[] weights, float[] bias) {
    int inputs = groups.stream().mapToInt(Integer::intValue).sum();
    int share = bias.length / groups.size();
    float[] out = new float[rows * bias.length];
    for (int r = 0; r < rows; r++) {
      int at = 0;
      int first = r * inputs;
      for (int j = 0; j < bias.length; j++) {
        int width = groups.get(j / share);
        float sum = bias[j];
        for (int i = 0; i < width; i++) {
          sum = Math.fma(x[first + i], weights[at++], sum);
        }
        out[r * bias.length + j] = sum;
        if ((j + 1) % share == 0) {
          first += width;
        }
      }
    }
    return out;
  }

  /** The larger of each and 0. */
  public static float[] rectified(float[] x) {
    float[] out = x.clone();
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.max(out[i], 0);
    }
    return out;
  }

  /** Numbers in [-1, 1), here and there 0, -0, or too small to be normal. */
  public static float[] random(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] =
          switch (random.nextInt(20)) {
            case 0 -> 0;
            case 1 -> -0f;
            case 2 -> 1e-42f;
            default -> (float) random.nextDouble(-1, 1);
          };
    }
    return values;
  }

  /** Not a number, and infinities, in some places of it. */
  public static float[] spoilt(SplittableRandom random, float[] values) {
    float[] spoilt = Arrays.copyOf(values, values.length);
    for (int k = 0; k <= values.length / 50; k++) {
      spoilt[random.nextInt(values.length)] =
          new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}
              [random.nextInt(3)];
    }
    return spoilt;
  }
}
