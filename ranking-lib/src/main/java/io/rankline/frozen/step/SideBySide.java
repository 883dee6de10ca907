package io.rankline.frozen.step;

import java.util.List;

/** Columns of several values side by side; what belongs to a list is repeated for its items. */
public record SideBySide(List<Value> parts, int width, Axis axis) implements Step {

  @Override
  public void run(Evaluation evaluation, float[] out) {
    int first = 0;
    for (Value part : parts) {
      float[] from = evaluation.of(part);
      if (part.axis() == axis) {
        for (int r = 0; r < evaluation.rows(axis); r++) {
          System.arraycopy(from, r * part.width(), out, r * width + first, part.width());
        }
      } else {
        int[] starts = evaluation.starts();
        for (int q = 0; q + 1 < starts.length; q++) {
          for (int r = starts[q]; r < starts[q + 1]; r++) {
            System.arraycopy(from, q * part.width(), out, r * width + first, part.width());
          }
        }
      }
      first += part.width();
    }
  }
}
