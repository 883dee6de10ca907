package io.rankline.feature.transform;

import java.util.List;

/** {@code (x - shift) / scale} with numbers of its own for each column. */
final class ColumnScaling {

  private ColumnScaling() {}

  static void apply(float[] in, int rows, List<Float> shifts, List<Float> scales, float[] out) {
    int width = shifts.size();
    for (int c = 0; c < width; c++) {
      float shift = shifts.get(c);
      float scale = scales.get(c);
      for (int i = c; i < rows * width; i += width) {
        out[i] = (in[i] - shift) / scale;
      }
    }
  }

  static void requireWidth(String transform, int fitted, int inputWidth) {
    if (fitted != 0 && fitted != inputWidth) {
      throw new IllegalArgumentException(
          "%s was fitted to %s columns, got %s".formatted(transform, fitted, inputWidth));
    }
  }

  static void requireFitted(String transform, boolean fitted) {
    if (!fitted) {
      throw new IllegalStateException(
          transform + " is not fitted; fit it to statistics of the data first");
    }
  }

  /** As many numbers in both lists, all of them finite. */
  static void requireNumbers(String transform, List<Float> left, List<Float> right) {
    if (left.size() != right.size()) {
      throw new IllegalArgumentException(
          "%s must have as many numbers of either kind, got %s and %s"
              .formatted(transform, left, right));
    }
    for (int c = 0; c < left.size(); c++) {
      if (!Float.isFinite(left.get(c)) || !Float.isFinite(right.get(c))) {
        throw new IllegalArgumentException(
            "%s must have finite numbers, got %s and %s".formatted(transform, left, right));
      }
    }
  }
}
