package io.rankline.model.layer.trained;

import io.rankline.model.kernel.Precision;
import io.rankline.model.kernel.block.RowBlock;
import io.rankline.model.kernel.block.RowBlockSpec;
import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link RowBlock} as a DL4J layer. */
final class RowBlockLayer extends BaseLayer<RowBlockConfiguration> {

  private static final long serialVersionUID = 1;

  private final transient RowBlock block;
  private final int inputs;
  private final int outputs;

  /** The output of the last forward pass of training, which the backward pass reads. */
  private transient @Nullable INDArray output;

  RowBlockLayer(NeuralNetConfiguration network, DataType dataType, RowBlockSpec spec) {
    super(network, dataType);
    block = RowBlock.of(spec, dataType);
    inputs = spec.inputs();
    outputs = spec.outputs();
  }

  /** Sets what training multiplies in; returns whether the layer multiplies at all. */
  boolean use(Precision precision) {
    try {
      block.use(precision);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "layer '%s' %s".formatted(layerConf().getLayerName(), e.getMessage()), e);
    }
    return layerConf().isDense();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray x = input;
    if (x.rank() != 2 || x.size(1) != inputs) {
      throw new IllegalArgumentException(
          "layer '%s' takes rows of %s columns, got shape %s"
              .formatted(layerConf().getLayerName(), inputs, Arrays.toString(x.shape())));
    }
    INDArray y =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, new long[] {x.size(0), outputs}, 'c');
    if (training) {
      block.train(RowBlockParameters.arrays(params), x, getIterationCount(), y);
      output = y;
    } else {
      block.infer(RowBlockParameters.arrays(params), x, y);
    }
    return y;
  }

  @Override
  public Pair<Gradient, @Nullable INDArray> backpropGradient(
      INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray y = output;
    if (y == null) {
      throw new IllegalStateException(
          "layer '%s' has had no forward pass of training".formatted(layerConf().getLayerName()));
    }
    INDArray x = input;
    INDArray dx =
        layerConf().inputGradient()
            ? workspaces.createUninitialized(
                ArrayType.ACTIVATION_GRAD, dataType, new long[] {x.size(0), inputs}, 'c')
            : null;
    block.backward(
        RowBlockParameters.arrays(params),
        x,
        y,
        epsilon,
        RowBlockParameters.arrays(gradientViews),
        dx);
    Gradient gradient = new DefaultGradient();
    for (Map.Entry<String, INDArray> view : gradientViews.entrySet()) {
      char order = view.getKey().equals(RowBlockParameters.WEIGHTS) ? 'f' : 'c';
      gradient.setGradientFor(view.getKey(), view.getValue(), order);
    }
    return new Pair<>(gradient, dx);
  }

  @Override
  public boolean updaterDivideByMinibatch(String name) {
    return !RowBlockParameters.isStatistic(name);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public boolean hasBias() {
    return layerConf().hasBias();
  }

  @Override
  public void clear() {
    super.clear();
    output = null;
  }
}
