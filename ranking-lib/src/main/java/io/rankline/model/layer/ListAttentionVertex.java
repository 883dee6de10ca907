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
@SuppressWarnings({"NullAway", "overrides"}) // as in RowsVertex
final class ListAttentionVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  private final int heads;
  private final int keyDim;
  private final double dropout;

  private final transient AttentionArithmetic arrays = new ArrayAttention();
  private final transient AttentionArithmetic processor = new ProcessorAttention();

  /** What forward has done and backward has not. */
  private transient @Nullable Pending pending;

  private record Pending(AttentionArithmetic arithmetic, AttentionBatch batch) {}

  ListAttentionVertex(
      int heads,
      int keyDim,
      double dropout,
      ComputationGraph graph,
      String name,
      int index,
      DataType dataType) {
    super(graph, name, index, dataType);
    this.heads = heads;
    this.keyDim = keyDim;
    this.dropout = dropout;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    INDArray projected = inputs[0];
    requireWidth(3L * heads * keyDim);
    ListRows rows = rowsOfInput();
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
