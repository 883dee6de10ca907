package io.rankline.frozen.step;

import java.util.Arrays;

/** The sum of the softmaxes of the parts of a row: {@code SubWeights}. */
public record SoftmaxSum(Value input, int towers) implements Step {

  @Override
  public void run(Evaluation evaluation, float[] out) {
    float[] x = evaluation.of(input);
    int width = input.width() / towers;
    float[] exponentials = new float[width];
    for (int row = 0; row < evaluation.rows(input.axis()); row++) {
      Arrays.fill(out, row * width, (row + 1) * width, 0);
      for (int tower = 0; tower < towers; tower++) {
        System.arraycopy(x, row * input.width() + tower * width, exponentials, 0, width);
        Softmax.apply(exponentials, width);
        for (int f = 0; f < width; f++) {
          out[row * width + f] += exponentials[f];
        }
      }
    }
  }
}
