package io.rankline.model.layer.trained;

import java.util.List;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A gain, 1 at first, and a bias, 0 at first, for every column; shape [1, width] each. Neither is
 * regularized.
 */
public final class GainAndBias extends NamedParameters {

  public static final GainAndBias INSTANCE = new GainAndBias();

  static final String GAIN = "gain";
  static final String BIAS = "bias";

  private GainAndBias() {}

  @Override
  List<Part> parts(Layer layer) {
    long width = ((FeedForwardLayer) layer).getNOut();
    return List.of(
        new Part(GAIN, Kind.OTHER, 'c', 1, width), new Part(BIAS, Kind.OTHER, 'c', 1, width));
  }

  @Override
  void initialize(Layer layer, String name, INDArray view) {
    view.assign(name.equals(GAIN) ? 1 : 0);
  }
}
