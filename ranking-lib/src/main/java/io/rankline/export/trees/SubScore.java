package io.rankline.export.trees;

import io.rankline.frozen.step.Layer;
import io.rankline.frozen.step.Scaling;
import io.rankline.model.input.EncodedFeature;
import java.util.List;

/**
 * What one feature adds to the score of a generalised additive model.
 *
 * @param feature of one value
 * @param group its place among the groups of the layers
 * @param layers of the towers, the first one first
 */
record SubScore(EncodedFeature feature, int group, List<Layer> layers) {

  SubScore {
    layers = List.copyOf(layers);
  }

  /**
   * The sub-score of each value, with the bits of the model.
   *
   * @param values as they are read; NaN where there is none
   * @throws IllegalArgumentException for a value that the transforms do not take
   */
  float[] of(float[] values) {
    float[] x = feature.chain().apply(values, values.length, 1);
    for (Layer layer : layers) {
      x = apply(layer, x, values.length);
    }
    return x;
  }

  private float[] apply(Layer layer, float[] x, int rows) {
    int width = layer.groups()[group];
    int share = layer.outputs() / layer.groups().length;
    int first = 0;
    for (int g = 0; g < group; g++) {
      first += layer.groups()[g] * share;
    }
    float[] out = new float[rows * share];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < share; j++) {
        float sum = layer.bias()[group * share + j];
        for (int i = 0; i < width; i++) {
          sum = Math.fma(x[r * width + i], layer.weights()[first + j * width + i], sum);
        }
        out[r * share + j] = sum;
      }
    }
    layer.activation().apply(out, out.length);
    Scaling after = layer.after();
    if (after != null) {
      for (int k = 0; k < out.length; k++) {
        int column = group * share + k % share;
        out[k] = Math.fma(out[k], after.factors()[column], after.offsets()[column]);
      }
    }
    return out;
  }
}
