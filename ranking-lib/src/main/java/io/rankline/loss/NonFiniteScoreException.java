package io.rankline.loss;

/** A score is no number, or infinite: a network has diverged, or overflows. */
public final class NonFiniteScoreException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  NonFiniteScoreException(int list, int item, double score) {
    super("score of list %s, item %s must be finite, got %s".formatted(list, item, score));
  }
}
