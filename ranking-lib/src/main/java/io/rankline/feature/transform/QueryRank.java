package io.rankline.feature.transform;

import io.rankline.text.Option;
import java.util.Arrays;

/**
 * The share of the other items whose value is smaller; equal ones count half.
 *
 * <pre>
 *   f(x) = (#smaller + #equal / 2) / #others
 * </pre>
 *
 * <p>0 for the smallest value of a list, 1 for the largest, 0.5 for the only one.
 */
public record QueryRank(@Option(fallback = "true", meaning = QueryZScore.BESIDE) boolean beside)
    implements QueryTransform {

  private static final float MIDDLE = 0.5f;

  @Override
  public void scale(float[] values) {
    float[] sorted = values.clone();
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] += 0f; // -0 becomes 0, which it equals
    }
    Arrays.sort(sorted); // NaN comes last
    int count = 0;
    while (count < sorted.length && !Float.isNaN(sorted[count])) {
      count++;
    }
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        continue;
      }
      int place = Arrays.binarySearch(sorted, 0, count, values[i] + 0f);
      int first = place;
      while (first > 0 && sorted[first - 1] == sorted[place]) {
        first--;
      }
      int last = place;
      while (last + 1 < count && sorted[last + 1] == sorted[place]) {
        last++;
      }
      values[i] = count == 1 ? MIDDLE : (first + last) * MIDDLE / (count - 1);
    }
  }
}
