package io.rankline.frozen.step;

/** A dense layer as a network has it, before it is known how it is computed best. */
public record DenseLayer(Value input, Layer layer) implements Step {

  @Override
  public void run(Evaluation evaluation, float[] out) {
    throw new IllegalStateException("only a plan of a network's layers holds it");
  }
}
