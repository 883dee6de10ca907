package io.rankline.frozen.step;

/** The sum of two values. */
public record Residual(Value branch, Value trunk) implements Step {

  @Override
  public void run(Evaluation evaluation, float[] out) {
    float[] x = evaluation.of(branch);
    float[] y = evaluation.of(trunk);
    int length = evaluation.rows(branch.axis()) * branch.width();
    for (int i = 0; i < length; i++) {
      out[i] = x[i] + y[i];
    }
  }
}
