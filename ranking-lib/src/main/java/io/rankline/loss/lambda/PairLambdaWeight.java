package io.rankline.loss.lambda;

/** A weight of a pair of items, for pairwise losses. */
public sealed interface PairLambdaWeight extends LambdaWeight
    permits DcgLambdaWeight,
        DcgV2LambdaWeight,
        LabelDiffLambdaWeight,
        LambdaLossWeight,
        PrecisionLambdaWeight,
        YetiDcgLambdaWeight {

  /** Computes what all pairs of the list share. Comes before {@link #row}. */
  void prepare(LambdaItems items);

  /**
   * Weights of the pairs of item {@code i} with items {@code from} to {@code to - 1}.
   *
   * @param items the list, prepared
   * @param out receives the weight of pair (i, j) at index j; no pair of an item with itself is
   *     read from it
   */
  void row(LambdaItems items, int i, int from, int to, double[] out);
}
