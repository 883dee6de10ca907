package io.rankline.frozen.step;

/** {@code h * c + h}, with a relu if wanted: latent cross. */
public record Cross(Value hidden, Value context, boolean isRectified) implements Step {

  @Override
  public void run(Evaluation evaluation, float[] out) {
    float[] h = evaluation.of(hidden);
    float[] c = evaluation.of(context);
    int length = evaluation.rows(hidden.axis()) * hidden.width();
    for (int i = 0; i < length; i++) {
      float crossed = Math.fma(h[i], c[i], h[i]);
      out[i] = isRectified ? Math.max(crossed, 0) : crossed;
    }
  }
}
