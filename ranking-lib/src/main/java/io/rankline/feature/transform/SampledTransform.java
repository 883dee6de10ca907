package io.rankline.feature.transform;

/** A transform that is fitted to a sample of the values of each column. */
public sealed interface SampledTransform extends Transform, FromData
    permits PiecewiseLinear, QuantileNormal {

  /** Values of a column that it is fitted to. */
  int SAMPLE = 1 << 14;
}
