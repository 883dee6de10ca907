package io.rankline.frozen.step;

/**
 * Scores plus a column of the features: what a network adds to the score of another model.
 *
 * @param logits one column
 * @param column of the features, from 0
 */
public record OnBase(Value logits, Value features, int column) implements Step {

  /** Refuses a column that is not there. */
  public OnBase {
    if (column < 0 || column >= features.width()) {
      throw new IllegalArgumentException(
          "the column must be one of %s, got %s".formatted(features.width(), column));
    }
  }

  @Override
  public void run(Evaluation evaluation, float[] out) {
    float[] own = evaluation.of(logits);
    float[] rows = evaluation.of(features);
    int width = features.width();
    for (int r = 0; r < evaluation.rows(logits.axis()); r++) {
      out[r] = own[r] + rows[r * width + column];
    }
  }
}
