package io.rankline.feature.transform;

import io.rankline.text.Option;

/**
 * How far a value is from those of the other items, in deviations.
 *
 * <pre>
 *   f(x) = (x - mean) / deviation
 * </pre>
 *
 * <p>Of the values in the list; the deviation is that of a population. Where all are the same, 0.
 */
public record QueryZScore(@Option(fallback = "true", meaning = QueryZScore.BESIDE) boolean beside)
    implements QueryTransform {

  static final String BESIDE = "whether the values stay, and the results come behind them";

  @Override
  public void scale(float[] values) {
    double sum = 0;
    int count = 0;
    for (float value : values) {
      if (!Float.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    double mean = sum / count;
    double squares = 0;
    boolean isConstant = true;
    float first = Float.NaN;
    for (float value : values) {
      if (!Float.isNaN(value)) {
        squares += (value - mean) * (value - mean);
        isConstant &= Float.isNaN(first) || value == first;
        first = value;
      }
    }
    double deviation = Math.sqrt(squares / count);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isNaN(values[i])) {
        // Rounding of the mean would make something of nothing.
        values[i] = isConstant ? 0 : (float) ((values[i] - mean) / deviation);
      }
    }
  }
}
