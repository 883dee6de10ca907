package io.rankline.model.scorer;

import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;

/** What becomes of the layer of another network when a ranking loss takes the place of its own. */
final class ScoringLayer {

  private ScoringLayer() {}

  /**
   * A layer without loss that computes what {@code layer} does, with parameters of the same names
   * and shapes, to be trained by the optimizer of the model.
   *
   * @throws IllegalArgumentException for an output layer that does not put out rows
   */
  static Layer of(String name, Layer layer) {
    if (layer.getClass() == OutputLayer.class) {
      return dense((OutputLayer) layer);
    }
    if (layer.getClass() == LossLayer.class) {
      ActivationLayer activation = new ActivationLayer(((LossLayer) layer).getActivationFn());
      activation.setIDropout(layer.getIDropout());
      return activation;
    }
    if (layer instanceof BaseOutputLayer || isOtherLoss(layer)) {
      throw new IllegalArgumentException(
          "output layer '%s' of the network is a %s, which does not score rows; use an OutputLayer, a LossLayer or a layer without loss"
              .formatted(name, layer.getClass().getSimpleName()));
    }
    Layer copy = layer.clone();
    forgetUpdater(copy instanceof FrozenLayer frozen ? frozen.getLayer() : copy);
    return copy;
  }

  private static DenseLayer dense(OutputLayer output) {
    DenseLayer dense =
        new DenseLayer.Builder()
            .nIn(output.getNIn())
            .nOut(output.getNOut())
            .hasBias(output.hasBias())
            .activation(output.getActivationFn())
            .build();
    dense.setWeightInitFn(output.getWeightInitFn());
    dense.setIDropout(output.getIDropout());
    dense.setConstraints(output.getConstraints());
    dense.setWeightNoise(output.getWeightNoise());
    dense.setRegularization(output.getRegularization());
    dense.setRegularizationBias(output.getRegularizationBias());
    return dense;
  }

  /** The configurations of other losses have no common class but the suffix of their names. */
  private static boolean isOtherLoss(Layer layer) {
    return layer.getClass().getSimpleName().endsWith("LossLayer");
  }

  private static void forgetUpdater(Layer layer) {
    if (layer instanceof BaseLayer trained) {
      trained.setIUpdater(null);
      trained.setBiasUpdater(null);
    }
  }
}
