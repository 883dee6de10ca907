package io.rankline.feature.transform;

import io.rankline.text.Option;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The number that stands where the value stands among all values, were they normally distributed:
 * whatever the shape of a column was, it gets mean 0, variance 1 and the tails of a bell.
 *
 * <p>A table of quantiles, between which it is a straight line, and constant beyond both ends.
 * Values that are as frequent as a quantile is wide get one entry, in the middle of their places.
 */
public record QuantileNormal(
    @Option(fallback = "100", least = 2, meaning = "places of the table, fewer where values repeat")
        int quantiles,
    @Option(fallback = "[]", meaning = "number of places of each column; empty until fitted")
        List<Integer> sizes,
    @Option(
            fallback = "[]",
            meaning =
                "values of the places, ascending, one column after the other; empty until fitted")
        List<Float> values,
    @Option(fallback = "[]", meaning = "what becomes of them, ascending; empty until fitted")
        List<Float> scores)
    implements SampledTransform {

  static final String NAME = "quantile_normal";

  public QuantileNormal {
    sizes = List.copyOf(sizes);
    values = List.copyOf(values);
    scores = List.copyOf(scores);
    int sum = sizes.stream().mapToInt(Integer::intValue).sum();
    if (quantiles < 2) {
      throw new IllegalArgumentException(
          "quantiles of %s must be 2 or more, got %s".formatted(NAME, quantiles));
    }
    if (sizes.stream().anyMatch(size -> size < 1) || values.size() != sum || scores.size() != sum) {
      throw new IllegalArgumentException(
          "%s must have as many values and scores as its sizes say, got %s, %s and %s"
              .formatted(NAME, sizes, values.size(), scores.size()));
    }
    requireAscending(sizes, values);
    requireAscending(sizes, scores);
  }

  private static void requireAscending(List<Integer> sizes, List<Float> numbers) {
    int from = 0;
    for (int size : sizes) {
      for (int i = from; i < from + size; i++) {
        if (!Float.isFinite(numbers.get(i))
            || (i > from && !(numbers.get(i - 1) < numbers.get(i)))) {
          throw new IllegalArgumentException(
              "%s must have ascending numbers, got %s"
                  .formatted(NAME, numbers.subList(from, from + size)));
        }
      }
      from += size;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isFitted() {
    return !sizes.isEmpty();
  }

  @Override
  public Transform unfitted() {
    return new QuantileNormal(quantiles, List.of(), List.of(), List.of());
  }

  @Override
  public boolean isColumnwise() {
    return false;
  }

  @Override
  public int width(int inputWidth) {
    ColumnScaling.requireWidth(NAME, sizes.size(), inputWidth);
    return inputWidth;
  }

  @Override
  public void apply(float[] in, int rows, int inputWidth, float[] out) {
    ColumnScaling.requireFitted(NAME, isFitted());
    int from = 0;
    for (int c = 0; c < inputWidth; c++) {
      int size = sizes.get(c);
      for (int i = c; i < rows * inputWidth; i += inputWidth) {
        out[i] = Float.isNaN(in[i]) ? Float.NaN : score(in[i], from, from + size);
      }
      from += size;
    }
  }

  private float score(float value, int from, int to) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values.get(middle) <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low == from || low == to) {
      return scores.get(low == from ? from : to - 1);
    }
    double left = values.get(low - 1);
    double share = (value - left) / (values.get(low) - left);
    double score = scores.get(low - 1);
    return (float) (score + share * (scores.get(low) - score));
  }

  @Override
  public Transform fitted(List<ColumnStatistics> statistics, List<ValueSample> samples) {
    NormalDistribution bell = NormalDistribution.of(0, 1);
    List<Integer> newSizes = new ArrayList<>();
    List<Float> newValues = new ArrayList<>();
    List<Float> newScores = new ArrayList<>();
    for (ValueSample sample : samples) {
      float[] column = sample.sorted();
      int places = Math.min(quantiles, column.length);
      int before = newValues.size();
      int first = 0;
      for (int k = 1; k <= places; k++) {
        if (k == places || place(column, k, places) != place(column, first, places)) {
          // The middle of the places that share a value.
          double middle = (first + k) / (2.0 * places);
          newValues.add(place(column, first, places));
          newScores.add((float) bell.inverseCumulativeProbability(middle));
          first = k;
        }
      }
      newSizes.add(newValues.size() - before);
    }
    return new QuantileNormal(quantiles, newSizes, newValues, newScores);
  }

  /** The value in the middle of the k-th of equal parts. */
  private static float place(float[] sorted, int k, int places) {
    // 0 and -0 are the same value.
    return sorted[(int) ((2L * k + 1) * sorted.length / (2L * places))] + 0f;
  }
}
