package io.rankline.frozen.step;

import org.jspecify.annotations.Nullable;

/** One dense layer in plain Java. */
record Dense(
    Value input, int outputs, Product product, Activation activation, @Nullable Scaling after)
    implements Step {

  /** A layer, whose weights the product keeps in an order of its own. */
  static Dense of(Value input, Layer layer) {
    return new Dense(
        input,
        layer.outputs(),
        Product.of(layer.groups(), layer.outputs(), layer.weights(), layer.bias()),
        layer.activation(),
        layer.after());
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
