package io.rankline.feature.transform;

import io.rankline.text.Option;
import java.util.Arrays;

/**
 * A column for each whole number from 0: 1 in the value's own, 0 in the others; all 0 for a missing
 * value. Another value is an error.
 */
public record OneHot(@Option(meaning = "number of columns, 1 or more") int depth)
    implements Transform {

  public OneHot {
    if (depth < 1) {
      throw new IllegalArgumentException("depth of one_hot must be 1 or more, got " + depth);
    }
  }

  @Override
  public boolean isFitted() {
    return true;
  }

  @Override
  public boolean isColumnwise() {
    return false;
  }

  @Override
  public int width(int inputWidth) {
    return Math.multiplyExact(inputWidth, depth);
  }

  @Override
  public void apply(float[] in, int rows, int inputWidth, float[] out) {
    int count = rows * inputWidth;
    Arrays.fill(out, 0, count * depth, 0);
    for (int i = 0; i < count; i++) {
      float value = in[i];
      if (Float.isNaN(value)) {
        continue;
      }
      if (!(value >= 0 && value < depth) || value != (int) value) {
        throw new IllegalArgumentException(
            "one_hot of depth %s takes whole numbers from 0 to %s, got %s"
                .formatted(depth, depth - 1, value));
      }
      out[i * depth + (int) value] = 1;
    }
  }
}
