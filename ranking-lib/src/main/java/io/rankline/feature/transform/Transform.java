package io.rankline.feature.transform;

import java.io.Serializable;
import java.util.List;

/**
 * Turns the values of one dense feature into what a model reads.
 *
 * <p>A value that an item lacks is NaN. Every transform leaves "missing" missing: NaN in, NaN out,
 * except where the output says which of several columns is set ({@link OneHot}, one-hot {@link
 * Bucketize}, {@link PiecewiseLinear}); there a missing value sets none. {@link MissingIndicator}
 * says where one is.
 *
 * <p>A transform is a record of its parameters. {@link ZScore}, {@link MinMax}, {@link
 * QuantileNormal} and {@link PiecewiseLinear} have parameters that come out of the data: until
 * {@link TransformChain#fit} has given them, they are {@link #isFitted() not fitted} and cannot be
 * applied. One of your own implements {@link CustomTransform}. A {@link QueryTransform} looks at
 * all items of a list.
 */
public sealed interface Transform extends Serializable
    permits Bucketize,
        Clip,
        CustomTransform,
        Log1p,
        MinMax,
        MissingIndicator,
        OneHot,
        QueryTransform,
        SampledTransform,
        ZScore {

  /** {@code sign(x) * ln(1 + |x|)}. */
  Transform LOG1P = new Log1p(Float.POSITIVE_INFINITY);

  /** {@code (x - mean) / deviation}, to be fitted. */
  Transform Z_SCORE = new ZScore(List.of(), List.of());

  /** {@code (x - min) / (max - min)}, to be fitted. */
  Transform MIN_MAX = new MinMax(List.of(), List.of());

  /** {@code sign(x) * ln(1 + |x|)}, then cut to [-cutoff, cutoff]. */
  static Transform log1p(float cutoff) {
    return new Log1p(cutoff);
  }

  /** Cuts values to [min, max]. */
  static Transform clip(float min, float max) {
    return new Clip(min, max);
  }

  /** One column a bucket; as many buckets as boundaries, and one. */
  static Transform bucketize(Float... boundaries) {
    return new Bucketize(List.of(boundaries), Bucketize.Output.ONE_HOT);
  }

  /** {@code [x, 1 if x is missing, otherwise 0]}. */
  Transform MISSING = new MissingIndicator(true);

  /** {@code [x, (x - mean) / deviation]} of the values in the list. */
  Transform QUERY_Z_SCORE = new QueryZScore(true);

  /** {@code [x, (x - min) / (max - min)]} of the values in the list. */
  Transform QUERY_MIN_MAX = new QueryMinMax(true);

  /** {@code [x, share of the other items with a smaller value]}. */
  Transform QUERY_RANK = new QueryRank(true);

  /** The place among all values, as a number of a bell; to be fitted. */
  Transform QUANTILE_NORMAL = new QuantileNormal(100, List.of(), List.of(), List.of());

  /** One column a bin, with how far the value has come through it; to be fitted. */
  static Transform piecewiseLinear(int bins) {
    return new PiecewiseLinear(bins, List.of());
  }

  /** One column a whole number from 0 to {@code depth - 1}. */
  static Transform oneHot(int depth) {
    return new OneHot(depth);
  }

  /** Whether it has all its parameters. */
  boolean isFitted();

  /** The same without what came out of data. */
  static Transform unfitted(Transform transform) {
    return transform instanceof FromData fitted ? fitted.unfitted() : transform;
  }

  /**
   * Whether each output column is the same function of the input column in its place, so that
   * columns of several features can be transformed as one.
   */
  boolean isColumnwise();

  /**
   * Number of columns it makes.
   *
   * @param inputWidth number of columns it reads, 1 or more
   * @throws IllegalArgumentException if it cannot read so many columns
   */
  int width(int inputWidth);

  /**
   * Transforms rows.
   *
   * @param in values, shape [rows, inputWidth]; left alone
   * @param out receives the result, shape [rows, {@link #width}]; another array than {@code in}
   * @throws IllegalStateException if it is not fitted
   * @throws IllegalArgumentException for a value it cannot transform
   */
  void apply(float[] in, int rows, int inputWidth, float[] out);
}
