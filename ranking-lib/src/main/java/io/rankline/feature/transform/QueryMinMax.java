package io.rankline.feature.transform;

import io.rankline.text.Option;

/**
 * Where a value lies between the smallest and the largest of the list.
 *
 * <pre>
 *   f(x) = (x - min) / (max - min)
 * </pre>
 *
 * <p>Where all are the same, 0.
 */
public record QueryMinMax(@Option(fallback = "true", meaning = QueryZScore.BESIDE) boolean beside)
    implements QueryTransform {

  @Override
  public void scale(float[] values) {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      if (!Float.isNaN(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    double range = (double) max - min;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isNaN(values[i])) {
        values[i] = range > 0 ? (float) (((double) values[i] - min) / range) : 0;
      }
    }
  }
}
