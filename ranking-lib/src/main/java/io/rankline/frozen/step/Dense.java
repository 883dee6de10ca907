package io.rankline.frozen.step;

import org.jspecify.annotations.Nullable;

/** A matrix product, an activation, and what is left of a batch norm after it. */
final class Dense implements Step {

  private final Value input;
  private final int outputs;
  private final Product product;
  private final Activation activation;
  private final @Nullable Scaling after;

  Dense(Value input, int outputs, Product product, Activation activation, @Nullable Scaling after) {
    this.input = input;
    this.outputs = outputs;
    this.product = product;
    this.activation = activation;
    this.after = after;
  }

  @Override
  public void run(Evaluation evaluation, float[] out) {
    int rows = evaluation.rows(input.axis());
    product.run(evaluation, evaluation.of(input), rows, out);
    activation.apply(out, rows * outputs);
    if (after != null) {
      after.apply(out, out, rows);
    }
  }
}
