package io.rankline.feature;

import java.io.Serializable;

/** How the values of one feature are read: their type, and how many there are of them. */
public sealed interface FeatureSpec extends Serializable
    permits FixedLenFeature, VarLenFeature, RaggedFeature {

  /** The type of every value. */
  DType dtype();
}
