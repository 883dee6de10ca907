package io.rankline.feature.transform;

import io.rankline.text.Option;

/**
 * 1 where a value is missing, 0 where there is one: that nobody rated an item says something, too.
 * A value is missing where a record lacks it and the feature's {@code default} is NaN. What is read
 * of the values themselves is as before: a missing one stays so, for later transforms and {@code
 * default_values}.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1996.10476915">Jones, Indicator and stratification
 *     methods for missing explanatory variables in multiple linear regression, 1996</a>
 */
public record MissingIndicator(
    @Option(
            fallback = "true",
            meaning = "whether the values stay, and the indicators come behind them")
        boolean beside)
    implements Transform {

  @Override
  public boolean isFitted() {
    return true;
  }

  @Override
  public boolean isColumnwise() {
    return !beside;
  }

  @Override
  public int width(int inputWidth) {
    return beside ? Math.multiplyExact(2, inputWidth) : inputWidth;
  }

  @Override
  public void apply(float[] in, int rows, int inputWidth, float[] out) {
    int width = width(inputWidth);
    int first = width - inputWidth;
    for (int row = 0; row < rows; row++) {
      for (int c = 0; c < inputWidth; c++) {
        float value = in[row * inputWidth + c];
        if (beside) {
          out[row * width + c] = value;
        }
        out[row * width + first + c] = Float.isNaN(value) ? 1 : 0;
      }
    }
  }
}
