package io.rankline.frozen.step;

/** One dense layer in plain Java. */
final class Dense implements Step {

  private final Value input;
  private final Layer layer;
  private final Product product;

  Dense(Value input, Layer layer) {
    this.input = input;
    this.layer = layer;
    this.product = Product.of(layer.groups(), layer.outputs(), layer.weights(), layer.bias());
  }

  @Override
  public void run(Evaluation evaluation, float[] out) {
    int rows = evaluation.rows(input.axis());
    product.run(evaluation, evaluation.of(input), rows, out);
    layer.activation().apply(out, rows * layer.outputs());
    if (layer.after() != null) {
      layer.after().apply(out, out, rows);
    }
  }
}
