package io.rankline.feature.transform;

import io.rankline.text.Option;
import java.util.List;

/**
 * Shifts and scales every column so that the smallest value of the data is 0 and the largest 1.
 * Values outside of the data's range end up outside of [0, 1].
 *
 * <pre>
 *   f(x) = (x - min) / (max - min)
 * </pre>
 *
 * <p>A column of one value only has no range; fitting takes 1 for it, so it becomes 0.
 */
public record MinMax(
    @Option(
            key = "min",
            fallback = "[]",
            meaning = "smallest value of each column; empty until fitted")
        List<Float> minima,
    @Option(
            key = "max",
            fallback = "[]",
            meaning = "largest value of each column; empty until fitted")
        List<Float> maxima)
    implements Transform, FromData {

  static final String NAME = "min_max";

  public MinMax {
    minima = List.copyOf(minima);
    maxima = List.copyOf(maxima);
    ColumnScaling.requireNumbers(NAME, minima, maxima);
    for (int c = 0; c < minima.size(); c++) {
      if (!(minima.get(c) < maxima.get(c)) || !Float.isFinite(maxima.get(c) - minima.get(c))) {
        throw new IllegalArgumentException(
            "minima of min_max must lie below maxima at a finite distance, got %s and %s"
                .formatted(minima, maxima));
      }
    }
  }

  @Override
  public boolean isFitted() {
    return !minima.isEmpty();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Transform unfitted() {
    return Transform.MIN_MAX;
  }

  @Override
  public Transform fitted(List<ColumnStatistics> statistics, List<ValueSample> samples) {
    return of(statistics);
  }

  @Override
  public boolean isColumnwise() {
    return false;
  }

  @Override
  public int width(int inputWidth) {
    ColumnScaling.requireWidth(NAME, minima.size(), inputWidth);
    return inputWidth;
  }

  @Override
  public void apply(float[] in, int rows, int inputWidth, float[] out) {
    ColumnScaling.requireFitted(NAME, isFitted());
    ColumnScaling.apply(in, rows, minima, ranges(), out);
  }

  /** {@code max - min} of each column, as it is divided by. */
  public List<Float> ranges() {
    Float[] ranges = new Float[minima.size()];
    for (int c = 0; c < ranges.length; c++) {
      ranges[c] = maxima.get(c) - minima.get(c);
    }
    return List.of(ranges);
  }

  static MinMax of(List<ColumnStatistics> columns) {
    return new MinMax(
        columns.stream().map(column -> (float) column.min()).toList(),
        columns.stream().map(MinMax::top).toList());
  }

  private static float top(ColumnStatistics column) {
    float min = (float) column.min();
    float max = (float) column.max();
    return max > min ? max : Math.max(min + 1, Math.nextUp(min));
  }
}
