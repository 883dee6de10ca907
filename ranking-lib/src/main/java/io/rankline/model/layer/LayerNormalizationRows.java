package io.rankline.model.layer;

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
import org.nd4j.linalg.ops.transforms.Transforms;

/** Computes {@link LayerNormalization}. */
final class LayerNormalizationRows extends BaseLayer<LayerNormalization> {

  LayerNormalizationRows(NeuralNetConfiguration configuration, DataType dataType) {
    super(configuration, dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray output =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), input.shape());
    INDArray gain = getParam(GainAndBias.GAIN);
    INDArray bias = getParam(GainAndBias.BIAS);
    if (NativeFloats.has(input, output)) {
      float[] gains = gain.toFloatVector();
      float[] biases = bias.toFloatVector();
      RowLoop.run(
          new INDArray[] {input},
          new INDArray[] {output},
          chunk -> RowNormalizer.forward(chunk, gains, biases, layerConf().getEpsilon()));
    } else {
      INDArray normal = normal(deviation());
      output.assign(normal.muliRowVector(gain).addiRowVector(bias));
    }
    return output;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray result =
        workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape());
    INDArray gain = getParam(GainAndBias.GAIN);
    INDArray gainGradient = Objects.requireNonNull(gradientViews.get(GainAndBias.GAIN));
    INDArray biasGradient = Objects.requireNonNull(gradientViews.get(GainAndBias.BIAS));
    if (NativeFloats.has(input, result)) {
      INDArray error = NativeFloats.has(epsilon) ? epsilon : epsilon.dup('c');
      RowNormalizer normalizer = new RowNormalizer(gain.toFloatVector(), layerConf().getEpsilon());
      RowLoop.run(new INDArray[] {input, error}, new INDArray[] {result}, normalizer::backward);
      normalizer.putGradients(gainGradient, biasGradient);
    } else {
      INDArray deviation = deviation();
      INDArray normal = normal(deviation);
      gainGradient.assign(epsilon.mul(normal).sum(true, 0));
      biasGradient.assign(epsilon.sum(true, 0));
      INDArray slope = epsilon.mulRowVector(gain);
      INDArray along = slope.mul(normal).mean(true, 1);
      slope.subiColumnVector(slope.mean(true, 1)).subi(normal.muliColumnVector(along));
      result.assign(slope.diviColumnVector(spread(deviation)));
    }
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(GainAndBias.GAIN, gainGradient);
    gradient.setGradientFor(GainAndBias.BIAS, biasGradient);
    return new Pair<>(gradient, result);
  }

  private INDArray deviation() {
    return input.subColumnVector(input.mean(true, 1));
  }

  private INDArray normal(INDArray deviation) {
    return deviation.divColumnVector(spread(deviation));
  }

  /** Standard deviation of every row, epsilon included, shape [N, 1]. */
  private INDArray spread(INDArray deviation) {
    return Transforms.sqrt(
        deviation.mul(deviation).mean(true, 1).addi(layerConf().getEpsilon()), false);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
