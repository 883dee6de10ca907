package io.rankline.frozen.step;

import java.util.Arrays;

/** What trees make of each row. */
public record TreeSum(Value input, Trees trees) implements Step {

  @Override
  public void run(Evaluation evaluation, float[] out) {
    int rows = evaluation.rows(input.axis());
    Arrays.fill(out, 0, rows, 0);
    trees.add(evaluation.of(input), input.width(), rows, out);
  }
}
