package io.rankline.model.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameter of an {@link EmbeddingBag}: one table, each row in one piece. */
final class EmbeddingTable implements ParamInitializer {

  static final EmbeddingTable INSTANCE = new EmbeddingTable();

  static final String TABLE = "W";

  private EmbeddingTable() {}

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    FeedForwardLayer table = (FeedForwardLayer) layer;
    return Math.multiplyExact(table.getNIn(), table.getNOut());
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    return List.of(TABLE);
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return List.of(TABLE);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return List.of();
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return TABLE.equals(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return false;
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray parameters, boolean initialize) {
    FeedForwardLayer layer = (FeedForwardLayer) conf.getLayer();
    long[] shape = {layer.getNIn(), layer.getNOut()};
    INDArray view = parameters.reshape(parameters.length());
    INDArray table =
        initialize
            ? layer.getWeightInitFn().init(1, (double) layer.getNOut(), shape, 'c', view)
            : view.reshape('c', shape);
    conf.addVariable(TABLE);
    Map<String, INDArray> parameterTable = new LinkedHashMap<>();
    parameterTable.put(TABLE, table);
    return parameterTable;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray gradients) {
    FeedForwardLayer layer = (FeedForwardLayer) conf.getLayer();
    Map<String, INDArray> views = new LinkedHashMap<>();
    views.put(
        TABLE,
        gradients
            .reshape(gradients.length())
            .reshape('c', new long[] {layer.getNIn(), layer.getNOut()}));
    return views;
  }
}
