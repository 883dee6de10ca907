package io.rankline.model.layer.trained;

import io.rankline.model.kernel.LayerNorm;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link LayerNorm} with {@link GainAndBias} as a DL4J layer. */
public final class LayerNormalizationLayer extends BaseLayer<RowsLayer> {

  private static final long serialVersionUID = 1;

  private final transient LayerNorm norm;

  public LayerNormalizationLayer(
      NeuralNetConfiguration network, DataType dataType, double epsilon) {
    super(network, dataType);
    this.norm = new LayerNorm(epsilon);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray output =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), input.shape());
    norm.forward(input, getParam(GainAndBias.GAIN), getParam(GainAndBias.BIAS), output);
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray result =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape());
    INDArray gain = Objects.requireNonNull(gradientViews.get(GainAndBias.GAIN));
    INDArray bias = Objects.requireNonNull(gradientViews.get(GainAndBias.BIAS));
    norm.backward(input, getParam(GainAndBias.GAIN), epsilon, result, gain, bias);
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(GainAndBias.GAIN, gain);
    gradient.setGradientFor(GainAndBias.BIAS, bias);
    return new Pair<>(gradient, result);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
