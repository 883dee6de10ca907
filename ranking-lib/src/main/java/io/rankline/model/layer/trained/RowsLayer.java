package io.rankline.model.layer.trained;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Configuration of a layer with parameters. Fields of a subclass are its JSON. */
public abstract class RowsLayer extends FeedForwardLayer {

  private static final long serialVersionUID = 1;

  /** For JSON, and for layers that take no options of DL4J. */
  protected RowsLayer() {}

  /** A layer with DL4J's options. */
  protected RowsLayer(FeedForwardLayer.Builder<?> options) {
    super(options);
  }

  /** What computes, new for each network. */
  protected abstract BaseLayer<?> layer(NeuralNetConfiguration network, DataType dataType);

  @Override
  public final Layer instantiate(
      NeuralNetConfiguration network,
      @Nullable Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    BaseLayer<?> layer = layer(network, dataType);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(initializer().init(network, parameters, initialize));
    return layer;
  }

  @Override
  public final LayerMemoryReport getMemoryReport(InputType input) {
    InputType output = getOutputType(-1, input);
    long parameters = initializer().numParams(this);
    return new LayerMemoryReport.Builder(getLayerName(), getClass(), input, output)
        .standardMemory(parameters, getIUpdater().stateSize(parameters))
        .workingMemory(0, 0, parameters, output.arrayElementsPerExample())
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }
}
