package io.rankline.model.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A gain, 1 at first, and a bias, 0 at first, for every column; shape [1, width] each. */
final class GainAndBias implements ParamInitializer {

  static final GainAndBias INITIALIZER = new GainAndBias();
  static final String GAIN = "gain";
  static final String BIAS = "bias";

  private static final List<String> KEYS = List.of(GAIN, BIAS);

  private GainAndBias() {}

  @Override
  public long numParams(NeuralNetConfiguration configuration) {
    return numParams(configuration.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return 2 * ((FeedForwardLayer) layer).getNOut();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return KEYS;
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of();
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return false;
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return false;
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration configuration, INDArray view, boolean initialize) {
    Map<String, INDArray> parameters = split(view);
    parameters.forEach(
        (key, values) -> {
          configuration.addVariable(key);
          if (initialize) {
            values.assign(key.equals(GAIN) ? 1 : 0);
          }
        });
    return parameters;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration configuration, INDArray view) {
    return split(view);
  }

  private static Map<String, INDArray> split(INDArray view) {
    long width = view.length() / KEYS.size();
    INDArray flat = view.reshape(view.length());
    Map<String, INDArray> parts = new LinkedHashMap<>();
    for (int i = 0; i < KEYS.size(); i++) {
      INDArray part = flat.get(NDArrayIndex.interval(i * width, (i + 1) * width));
      parts.put(KEYS.get(i), part.reshape(1, width));
    }
    return parts;
  }
}
