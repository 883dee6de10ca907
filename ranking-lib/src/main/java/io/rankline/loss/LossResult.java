package io.rankline.loss;

import java.io.Serializable;
import java.util.ArrayList;
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

  /**
   * The result over the batches of both, for SUM, MEAN and SUM_BY_NONZERO_WEIGHTS exactly what one
   * large batch gives.
   */
  public LossResult plus(LossResult other) {
    if (terms.size() != other.terms.size()) {
      throw new IllegalArgumentException(
          "results of one objective have %d terms, got %d"
              .formatted(terms.size(), other.terms.size()));
    }
    List<LossTerm> sums = new ArrayList<>();
    for (int k = 0; k < terms.size(); k++) {
      sums.add(terms.get(k).plus(other.terms.get(k)));
    }
    return new LossResult(sums);
  }
}
