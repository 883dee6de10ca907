package io.rankline.model.layer.trained;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The parameters of a layer: named parts of DL4J's flat array, one after the other. */
abstract class NamedParameters implements ParamInitializer {

  /** What DL4J takes a parameter for when it regularises. */
  enum Kind {
    WEIGHT,
    BIAS,
    OTHER
  }

  /**
   * One parameter.
   *
   * @param name without an underscore: DL4J takes a gradient's name apart at its last one
   * @param order 'c' or 'f'
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(String name, Kind kind, char order, long... shape) {

    long length() {
      long length = 1;
      for (long size : shape) {
        length *= size;
      }
      return length;
    }

    private INDArray view(INDArray flat, long from) {
      INDArray view = flat.get(NDArrayIndex.interval(from, from + length()));
      return shape.length == 1 ? view : view.reshape(order, shape);
    }
  }

  /** All parameters, in their order. */
  abstract List<Part> parts(Layer layer);

  /** Sets the initial values of a parameter. */
  abstract void initialize(Layer layer, String name, INDArray view);

  @Override
  public final long numParams(NeuralNetConfiguration network) {
    return numParams(network.getLayer());
  }

  @Override
  public final long numParams(Layer layer) {
    return parts(layer).stream().mapToLong(Part::length).reduce(0, Math::addExact);
  }

  @Override
  public final List<String> paramKeys(Layer layer) {
    return parts(layer).stream().map(Part::name).toList();
  }

  @Override
  public final List<String> weightKeys(Layer layer) {
    return names(layer, Kind.WEIGHT);
  }

  @Override
  public final List<String> biasKeys(Layer layer) {
    return names(layer, Kind.BIAS);
  }

  @Override
  public final boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public final boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public final Map<String, INDArray> init(
      NeuralNetConfiguration network, INDArray parameters, boolean initialize) {
    Map<String, INDArray> views = views(network.getLayer(), parameters);
    views.keySet().forEach(network::addVariable);
    if (initialize) {
      views.forEach((name, view) -> initialize(network.getLayer(), name, view));
    }
    return views;
  }

  @Override
  public final Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration network, INDArray gradients) {
    return views(network.getLayer(), gradients);
  }

  private Map<String, INDArray> views(Layer layer, INDArray array) {
    INDArray flat = array.reshape(array.length());
    Map<String, INDArray> views = new LinkedHashMap<>();
    long from = 0;
    for (Part part : parts(layer)) {
      views.put(part.name(), part.view(flat, from));
      from += part.length();
    }
    return views;
  }

  private List<String> names(Layer layer, Kind kind) {
    return parts(layer).stream().filter(part -> part.kind() == kind).map(Part::name).toList();
  }
}
