package io.rankline.model.layer.trained;

import io.rankline.feature.token.Pooling;
import io.rankline.model.kernel.bag.BagArithmetic;
import io.rankline.model.kernel.bag.TokenIds;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Pools bags of rows of an {@link EmbeddingTable}. */
// NullAway: DL4J passes null for "no gradient"; overrides: DL4J itself drops the "..." of
// setListeners.
@SuppressWarnings({"NullAway", "overrides", "try"})
public final class EmbeddingBagLayer extends BaseLayer<RowsLayer> {

  private static final long serialVersionUID = 1;

  private final Pooling pooling;

  public EmbeddingBagLayer(NeuralNetConfiguration network, DataType dataType, Pooling pooling) {
    super(network, dataType);
    this.pooling = pooling;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    assertInputSet(false);
    INDArray table = getParamWithNoise(EmbeddingTable.TABLE, training, workspaces);
    INDArray out =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS,
            table.dataType(),
            new long[] {input.size(0), table.size(1)},
            'c');
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      TokenIds ids = TokenIds.of(input, table.size(0));
      BagArithmetic.of(table).pool(table, ids, pooling, out);
    }
    return out;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
    assertInputSet(true);
    INDArray table = getParamWithNoise(EmbeddingTable.TABLE, true, workspaces);
    INDArray gradient = gradientViews.get(EmbeddingTable.TABLE);
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      TokenIds ids = TokenIds.of(input, table.size(0));
      BagArithmetic.of(table).backward(table, ids, pooling, epsilon, gradient);
    }
    Gradient gradients = new DefaultGradient(gradientsFlattened);
    gradients.gradientForVariable().put(EmbeddingTable.TABLE, gradient);
    weightNoiseParams.clear();
    return new Pair<>(gradients, null);
  }

  @Override
  public void setParams(INDArray parameters) {
    if (parameters != paramsFlattened) {
      setParams(parameters, 'c');
    }
  }

  @Override
  public boolean hasBias() {
    return false;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }
}
