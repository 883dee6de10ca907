package io.rankline.frozen.step;

import java.util.Arrays;

/**
 * Scaled dot-product attention of every list over its own items.
 *
 * @param input queries, keys and values of all heads side by side, [N, 3 * heads * keyDim]
 */
public record Attend(Value input, int heads, int keyDim) implements Step {

  @Override
  public void run(Evaluation evaluation, float[] out) {
    float[] x = evaluation.of(input);
    int[] starts = evaluation.starts();
    for (int q = 0; q + 1 < starts.length; q++) {
      for (int head = 0; head < heads; head++) {
        attend(evaluation, x, starts[q], starts[q + 1], head, out);
      }
    }
  }

  /** One head of one list. */
  private void attend(Evaluation evaluation, float[] x, int from, int to, int head, float[] out) {
    int items = to - from;
    int width = heads * keyDim;
    // The keys column by column, and the weights; the values row by row, and the result.
    float[][] keys = evaluation.tile(keyDim + 1, items);
    float[][] values = evaluation.lines(items + 1, keyDim);
    float[] weights = keys[keyDim];
    float[] result = values[items];
    for (int i = 0; i < items; i++) {
      int row = (from + i) * 3 * width + head * keyDim;
      for (int d = 0; d < keyDim; d++) {
        keys[d][i] = x[row + width + d];
      }
      System.arraycopy(x, row + 2 * width, values[i], 0, keyDim);
    }
    float scale = (float) (1 / Math.sqrt(keyDim));
    for (int i = 0; i < items; i++) {
      int query = (from + i) * 3 * width + head * keyDim;
      Arrays.fill(weights, 0, items, 0);
      Sums.add(weights, keys, 0, x, query, keyDim, items);
      for (int j = 0; j < items; j++) {
        weights[j] *= scale;
      }
      Softmax.apply(weights, items);
      Arrays.fill(result, 0, keyDim, 0);
      Sums.add(result, values, 0, weights, 0, items, keyDim);
      System.arraycopy(result, 0, out, (from + i) * width + head * keyDim, keyDim);
    }
  }
}
