package io.rankline.model.layer.trained;

import io.rankline.frozen.step.TreeCode;
import io.rankline.frozen.step.Trees;
import io.rankline.model.kernel.NativeFloats;
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
import org.nd4j.linalg.factory.Nd4j;

/** {@link Trees} as a DL4J layer; neither they nor its input have a gradient. */
public final class ForestLayer extends BaseLayer<RowsLayer> {

  private static final long serialVersionUID = 1;

  private final transient TreeCode code;

  public ForestLayer(NeuralNetConfiguration network, DataType dataType, TreeCode code) {
    super(network, dataType);
    this.code = code;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    int width = Math.toIntExact(input.size(1));
    float[] rows = onHeap(input);
    float[] sums = new float[Math.toIntExact(input.size(0))];
    Trees.of(code, onHeap(getParam(TreeParameters.TREES)), width)
        .add(rows, width, sums.length, sums);
    INDArray out =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, input.dataType(), new long[] {sums.length, 1}, 'c');
    return out.assign(Nd4j.createFromArray(sums).reshape(sums.length, 1));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    INDArray none = Objects.requireNonNull(gradientViews.get(TreeParameters.TREES));
    none.assign(0);
    Gradient gradient = new DefaultGradient();
    gradient.setGradientFor(TreeParameters.TREES, none);
    INDArray below =
        workspaces.create(ArrayType.ACTIVATION_GRAD, input.dataType(), input.shape(), 'c');
    return new Pair<>(gradient, below);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  private static float[] onHeap(INDArray array) {
    return NativeFloats.ofRows(array).toHeap(Math.toIntExact(array.length()));
  }
}
