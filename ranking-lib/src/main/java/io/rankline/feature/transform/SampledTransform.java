package io.rankline.feature.transform;

import java.util.List;

/** A transform that is fitted to a sample of the values of each column. */
sealed interface SampledTransform extends Transform, FromData
    permits PiecewiseLinear, QuantileNormal {

  /** Values of a column that it is fitted to. */
  int SAMPLE = 1 << 14;

  /** Its name in text. */
  String name();

  /**
   * The same, fitted.
   *
   * @param columns values of each column, the smallest first, one or more
   */
  Transform fitted(List<float[]> columns);
}
