package io.rankline.frozen.step;

/** A batch norm by itself. */
public record Normalize(Value input, Scaling scaling) implements Step {

  @Override
  public void run(Evaluation evaluation, float[] out) {
    scaling.apply(evaluation.of(input), out, evaluation.rows(input.axis()));
  }
}
