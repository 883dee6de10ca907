package io.rankline.feature.transform;

import io.rankline.text.Option;

/** Cuts values to a range. */
public record Clip(
    @Option(meaning = "smallest result") float min,
    @Option(meaning = "largest result, above min") float max)
    implements Transform {

  public Clip {
    if (!(min < max)) {
      throw new IllegalArgumentException(
          "min of clip must be below max, got %s and %s".formatted(min, max));
    }
  }

  @Override
  public boolean isFitted() {
    return true;
  }

  @Override
  public boolean isColumnwise() {
    return true;
  }

  @Override
  public int width(int inputWidth) {
    return inputWidth;
  }

  @Override
  public void apply(float[] in, int rows, int inputWidth, float[] out) {
    int count = rows * inputWidth;
    for (int i = 0; i < count; i++) {
      out[i] = Math.max(min, Math.min(max, in[i]));
    }
  }
}
