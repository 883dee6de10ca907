package io.rankline.feature;

import java.io.Serializable;

/**
 * The example feature that holds the label: one number an item, below 0 where the item has none.
 *
 * @param name feature name
 * @param feature one value of float32 or int64; the usual default is -1
 */
public record LabelSpec(String name, FixedLenFeature feature) implements Serializable {

  public LabelSpec {
    RecordSpec.requireOneNumber("label", name, feature);
  }

  /** The label of that name. */
  public static LabelSpec of(String name, FixedLenFeature feature) {
    return new LabelSpec(name, feature);
  }
}
