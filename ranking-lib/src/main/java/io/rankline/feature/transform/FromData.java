package io.rankline.feature.transform;

import java.util.List;

/** A transform whose parameters come out of training data. */
interface FromData {

  /** Its name in text. */
  String name();

  /**
   * The same with them.
   *
   * @param statistics of each column, each with a value or more
   * @param samples of the values of each column; empty but for a {@link SampledTransform}
   */
  Transform fitted(List<ColumnStatistics> statistics, List<ValueSample> samples);

  /** The same without them. */
  Transform unfitted();
}
