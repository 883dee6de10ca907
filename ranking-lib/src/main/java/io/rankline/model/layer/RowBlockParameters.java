package io.rankline.model.layer;

import io.rankline.model.kernel.BlockArrays;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Where the parameters of a {@link RowBlockConfiguration} stand, and what they are at first. */
final class RowBlockParameters implements ParamInitializer {

  static final RowBlockParameters INSTANCE = new RowBlockParameters();

  // DL4J takes a gradient's name apart at its last underscore: names must have none.
  static final String WEIGHTS = "W";
  static final String BIAS = "b";
  static final String GAMMA = "gamma";
  static final String BETA = "beta";
  static final String MEAN = "mean";
  static final String VARIANCE = "var";

  private static final Set<String> STATISTICS = Set.of(MEAN, VARIANCE);

  private RowBlockParameters() {}

  /** Whether a parameter is set by what the layer sees rather than learned. */
  static boolean isStatistic(String name) {
    return STATISTICS.contains(name);
  }

  static BlockArrays arrays(Map<String, INDArray> table) {
    return new BlockArrays(
        table.get(WEIGHTS),
        table.get(BIAS),
        table.get(GAMMA),
        table.get(BETA),
        table.get(MEAN),
        table.get(VARIANCE));
  }

  @Override
  public long numParams(NeuralNetConfiguration network) {
    return numParams(network.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return paramKeys(layer).stream().mapToLong(key -> length(layer, key)).sum();
  }

  private static long length(Layer layer, String key) {
    RowBlockConfiguration block = (RowBlockConfiguration) layer;
    return key.equals(WEIGHTS)
        ? block.getNIn() * (block.getNOut() / block.groupWidths().length)
        : block.getNOut();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    List<String> keys = new ArrayList<>(weightKeys(layer));
    keys.addAll(biasKeys(layer));
    if (((RowBlockConfiguration) layer).isNormalized()) {
      keys.addAll(List.of(GAMMA, BETA, MEAN, VARIANCE));
    }
    return keys;
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return ((RowBlockConfiguration) layer).isDense() ? List.of(WEIGHTS) : List.of();
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return ((RowBlockConfiguration) layer).hasBias() ? List.of(BIAS) : List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return key.equals(WEIGHTS);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return key.equals(BIAS);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration network, INDArray parameters, boolean initialize) {
    RowBlockConfiguration layer = (RowBlockConfiguration) network.getLayer();
    Map<String, INDArray> table = views(layer, parameters);
    table.keySet().forEach(network::addVariable);
    if (initialize) {
      table.forEach((key, view) -> initialize(layer, key, view));
    }
    return table;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration network, INDArray gradients) {
    return views((RowBlockConfiguration) network.getLayer(), gradients);
  }

  private Map<String, INDArray> views(RowBlockConfiguration layer, INDArray flat) {
    INDArray vector = flat.reshape(flat.length());
    Map<String, INDArray> views = new LinkedHashMap<>();
    long from = 0;
    for (String key : paramKeys(layer)) {
      long to = from + length(layer, key);
      INDArray view = vector.get(NDArrayIndex.interval(from, to));
      boolean matrix = key.equals(WEIGHTS) && layer.groupWidths().length == 1;
      views.put(key, matrix ? view.reshape('f', layer.getNIn(), layer.getNOut()) : view);
      from = to;
    }
    return views;
  }

  private static void initialize(RowBlockConfiguration layer, String key, INDArray view) {
    switch (key) {
      case WEIGHTS -> initializeWeights(layer, view.reshape('f', new long[] {view.length()}));
      case BIAS -> view.assign(layer.getBiasInit());
      case GAMMA, VARIANCE -> view.assign(1);
      default -> view.assign(0);
    }
  }

  /** Each group on its own, so that fan-in and fan-out are the group's. */
  private static void initializeWeights(RowBlockConfiguration layer, INDArray weights) {
    int[] widths = layer.groupWidths();
    long outputs = layer.getNOut() / widths.length;
    long from = 0;
    for (int width : widths) {
      long to = from + width * outputs;
      layer
          .getWeightInitFn()
          .init(
              (double) width,
              (double) outputs,
              new long[] {width, outputs},
              IWeightInit.DEFAULT_WEIGHT_INIT_ORDER,
              weights.get(NDArrayIndex.interval(from, to)));
      from = to;
    }
  }
}
