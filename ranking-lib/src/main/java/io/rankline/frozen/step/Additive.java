package io.rankline.frozen.step;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The sum of a row, each column with a weight of its own if there are any. */
public record Additive(Value terms, @Nullable Value weights) implements Step {

  @Override
  public void run(Evaluation evaluation, float[] out) {
    float[] of = evaluation.of(terms);
    float[] weighted = weights == null ? null : evaluation.of(weights);
    int width = terms.width();
    for (int r = 0; r < evaluation.rows(terms.axis()); r++) {
      double sum = 0;
      for (int i = r * width; i < (r + 1) * width; i++) {
        sum += weighted == null ? of[i] : (double) of[i] * weighted[i];
      }
      out[r] = (float) sum;
    }
  }

  /**
   * What the sum of each row adds up, once it has been computed.
   *
   * @return [rows, width]
   */
  public float[] products(Evaluation evaluation) {
    float[] products =
        Arrays.copyOf(evaluation.of(terms), evaluation.rows(terms.axis()) * terms.width());
    if (weights != null) {
      float[] weighted = evaluation.of(weights);
      for (int i = 0; i < products.length; i++) {
        products[i] *= weighted[i];
      }
    }
    return products;
  }
}
