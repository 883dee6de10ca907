package io.rankline.frozen.step;

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
}
