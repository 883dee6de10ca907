package io.rankline.feature.transform;

import java.io.Serializable;

/**
 * What is known of the values of one column; mergeable.
 *
 * @param count number of values, those missing left out
 * @param missing number of missing values
 * @param mean their mean; 0 without values
 * @param squares sum of the squared distances from the mean
 * @param min the smallest; positive infinity without values
 * @param max the largest; negative infinity without values
 * @see <a href="https://doi.org/10.2307/2683386">Chan, Golub, LeVeque, Algorithms for computing the
 *     sample variance, 1983</a>
 */
record ColumnStatistics(
    long count, long missing, double mean, double squares, double min, double max)
    implements Serializable {

  /** Of no value. */
  public static final ColumnStatistics EMPTY =
      new ColumnStatistics(0, 0, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

  /** The population variance; 0 without values. */
  public double variance() {
    return count == 0 ? 0 : squares / count;
  }

  /** The population standard deviation; 0 without values. */
  public double deviation() {
    return Math.sqrt(variance());
  }

  /** Of the values of both. */
  public ColumnStatistics merge(ColumnStatistics other) {
    long all = count + other.count;
    if (count == 0 || other.count == 0) {
      ColumnStatistics values = count == 0 ? other : this;
      return new ColumnStatistics(
          all, missing + other.missing, values.mean, values.squares, values.min, values.max);
    }
    double distance = other.mean - mean;
    return new ColumnStatistics(
        all,
        missing + other.missing,
        mean + distance * other.count / all,
        squares + other.squares + distance * distance * count * other.count / all,
        Math.min(min, other.min),
        Math.max(max, other.max));
  }

  /**
   * Of one column of rows; NaN is a missing value.
   *
   * @param values shape [rows, width]
   */
  static ColumnStatistics of(float[] values, int rows, int width, int column) {
    long count = 0;
    double mean = 0;
    double squares = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = column; i < rows * width; i += width) {
      double value = values[i];
      if (!Double.isNaN(value)) {
        count++;
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    return new ColumnStatistics(count, rows - count, mean, squares, min, max);
  }
}
