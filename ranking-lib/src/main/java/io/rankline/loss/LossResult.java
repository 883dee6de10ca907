package io.rankline.loss;

import java.io.Serializable;
import java.util.List;

/**
 * The reduced loss of a batch.
 *
 * @param terms one for each loss of the objective
 */
public record LossResult(List<LossTerm> terms) implements Serializable {

  public LossResult {
    terms = List.copyOf(terms);
  }

  /** {@code sum of weight * numerator / denominator} over terms. */
  public double value() {
    double value = 0;
    for (LossTerm term : terms) {
      value += term.weight() * term.value();
    }
    return value;
  }

  /** Denominators in the order of the terms. */
  public double[] denominators() {
    return terms.stream().mapToDouble(LossTerm::denominator).toArray();
  }
}
