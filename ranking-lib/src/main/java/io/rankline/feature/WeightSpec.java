package io.rankline.feature;

import io.rankline.data.WeightLayout;
import java.io.Serializable;

/**
 * The feature that holds weights: one number an item, or one a list.
 *
 * @param name feature name
 * @param feature one value of float32 or int64; the usual default is 1
 * @param scope {@link WeightLayout#PER_ITEM} for an example feature, {@link WeightLayout#PER_LIST}
 *     for a context feature
 */
public record WeightSpec(String name, FixedLenFeature feature, WeightLayout scope)
    implements Serializable {

  public WeightSpec {
    RecordSpec.requireOneNumber("weight", name, feature);
    if (scope == WeightLayout.NONE) {
      throw new IllegalArgumentException(
          "scope of weight '%s' must be PER_ITEM or PER_LIST, got NONE".formatted(name));
    }
  }

  /** A weight for each item. */
  public static WeightSpec perItem(String name, FixedLenFeature feature) {
    return new WeightSpec(name, feature, WeightLayout.PER_ITEM);
  }

  /** A weight for each list, kept in its context. */
  public static WeightSpec perList(String name, FixedLenFeature feature) {
    return new WeightSpec(name, feature, WeightLayout.PER_LIST);
  }
}
