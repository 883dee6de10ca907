package io.rankline.loss.lambda;

import java.io.Serializable;

/** A weight by labels and ranks; which kind a loss takes is in its documentation. */
public sealed interface LambdaWeight extends Serializable
    permits ListMleLambdaWeight, PairLambdaWeight {

  /** Every rank counts. */
  int ALL_RANKS = Integer.MAX_VALUE;

  /** The name in messages: {@code ndcg}. */
  String kind();
}
