package io.rankline.spark.table;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import java.io.Serializable;

/**
 * A column and what its cells hold.
 *
 * @param name of the column and of its feature
 * @param ordinal its place in a row
 * @param feature type and number of the values of a cell
 * @param role what it is, for messages: feature, label or weight
 */
public record TableColumn(String name, int ordinal, FeatureSpec feature, String role)
    implements Serializable {

  /** Stands for any number of values. */
  static final int ANY_WIDTH = -1;

  /** Type of its values. */
  public DType dtype() {
    return feature.dtype();
  }

  /** Number of values of a cell, or {@link #ANY_WIDTH}. */
  int width() {
    return feature instanceof FixedLenFeature fixed ? fixed.width() : ANY_WIDTH;
  }

  /** Whether a null cell is a fault. */
  boolean isRequired() {
    return feature instanceof FixedLenFeature fixed && !fixed.hasDefault();
  }
}
