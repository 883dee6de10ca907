package io.rankline.feature.transform;

import io.rankline.text.Option;
import java.util.List;

/**
 * Shifts and scales every column to mean 0 and variance 1.
 *
 * <pre>
 *   f(x) = (x - mean) / deviation
 * </pre>
 *
 * <p>A column of one value only has deviation 0; fitting takes 1 for it, so it becomes 0.
 */
public record ZScore(
    @Option(key = "mean", fallback = "[]", meaning = "mean of each column; empty until fitted")
        List<Float> means,
    @Option(
            key = "deviation",
            fallback = "[]",
            meaning = "population standard deviation of each column, above 0; empty until fitted")
        List<Float> deviations)
    implements Transform, FromData {

  static final String NAME = "z_score";

  public ZScore {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
    ColumnScaling.requireNumbers(NAME, means, deviations);
    for (float deviation : deviations) {
      if (!(deviation > 0)) {
        throw new IllegalArgumentException(
            "deviations of z_score must be above 0, got " + deviations);
      }
    }
  }

  @Override
  public boolean isFitted() {
    return !means.isEmpty();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Transform unfitted() {
    return Transform.Z_SCORE;
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
    ColumnScaling.requireWidth(NAME, means.size(), inputWidth);
    return inputWidth;
  }

  @Override
  public void apply(float[] in, int rows, int inputWidth, float[] out) {
    ColumnScaling.requireFitted(NAME, isFitted());
    ColumnScaling.apply(in, rows, means, deviations, out);
  }

  static ZScore of(List<ColumnStatistics> columns) {
    return new ZScore(
        columns.stream().map(column -> (float) column.mean()).toList(),
        columns.stream().map(column -> oneForZero((float) column.deviation())).toList());
  }

  private static float oneForZero(float deviation) {
    return deviation == 0 ? 1 : deviation;
  }
}
