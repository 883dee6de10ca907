package io.rankline.loss;

import io.rankline.loss.form.RankingLoss;
import java.io.Serializable;

/**
 * One term of an objective.
 *
 * @param weight factor of the reduced loss
 */
public record WeightedLoss(RankingLoss loss, double weight) implements Serializable {

  public WeightedLoss {
    if (!(Math.abs(weight) <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "weight of %s must be finite, got %s".formatted(loss.wireName(), weight));
    }
  }
}
