package io.rankline.feature.transform;

/** A transform whose parameters come out of training data. */
interface FromData {

  /** The same without them. */
  Transform unfitted();
}
