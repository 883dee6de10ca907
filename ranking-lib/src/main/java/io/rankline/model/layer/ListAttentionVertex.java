package io.rankline.model.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes {@link ListAttention}. */
@SuppressWarnings("overrides") // as in RowsVertex
final class ListAttentionVertex extends RowsVertex {

  private final int heads;
  private final int keyDim;
  private final double dropout;

  private final AttentionArithmetic arrays = new ArrayAttention();
  private final AttentionArithmetic processor = new ProcessorAttention();

  /** What forward has done and backward has not. */
  private @Nullable Pending pending;

  private record Pending(AttentionArithmetic arithmetic, AttentionBatch batch) {}

  ListAttentionVertex(
      ListAttention configuration,
      int heads,
      int keyDim,
      double dropout,
      ComputationGraph graph,
      String name,
      int index,
      DataType dataType) {
    super(configuration, graph, name, index, dataType);
    this.heads = heads;
    this.keyDim = keyDim;
    this.dropout = dropout;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray projected = inputs[0];
    requireWidth(projected, 3L * heads * keyDim);
    ListRows rows = rowsOf(inputs[1], projected);
    AttentionBatch batch =
        new AttentionBatch(projected, rows.starts(), heads, keyDim, dropout(dropout, training));
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, projected.dataType(), rows.rows(), (long) heads * keyDim);
    AttentionArithmetic arithmetic = NativeFloats.has(projected, output) ? processor : arrays;
    arithmetic.forward(batch, output);
    pending = new Pending(arithmetic, batch);
    return output;
  }

  @Override
  @SuppressWarnings("NullAway") // DL4J says null for no gradient
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    if (pending == null) {
      throw new IllegalStateException("vertex '%s' goes back before forward".formatted(vertexName));
    }
    AttentionBatch batch = pending.batch();
    INDArray gradient =
        workspaces.createUninitialized(
            ArrayType.ACTIVATION_GRAD, batch.projected().dataType(), batch.projected().shape());
    INDArray error =
        NativeFloats.has(epsilon) || pending.arithmetic() == arrays ? epsilon : epsilon.dup('c');
    pending.arithmetic().backward(batch, error, gradient);
    return new Pair<>(null, new INDArray[] {gradient, null});
  }

  @Override
  public void clear() {
    super.clear();
    pending = null;
  }
}
