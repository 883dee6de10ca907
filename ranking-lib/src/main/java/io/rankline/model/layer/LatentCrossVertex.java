package io.rankline.model.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Computes {@link LatentCross}. Backward computes the cross again rather than keep it. */
@SuppressWarnings({"NullAway", "overrides"}) // as in RowsVertex
final class LatentCrossVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  private final boolean rectified;
  private final double rate;

  /** What forward dropped, for backward. */
  private transient @Nullable Dropout dropout;

  LatentCrossVertex(
      boolean rectified,
      double rate,
      ComputationGraph graph,
      String name,
      int index,
      DataType dataType) {
    super(graph, name, index, dataType);
    this.rectified = rectified;
    this.rate = rate;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    dropout = dropout(rate, training);
    INDArray hidden = inputs[0];
    INDArray context = inputs[1];
    INDArray output = array(workspaces, ArrayType.ACTIVATIONS);
    if (NativeFloats.has(hidden, context, output)) {
      RowLoop.run(new INDArray[] {hidden, context}, new INDArray[] {output}, this::forward);
      return output;
    }
    cross(hidden, context, output);
    if (rectified) {
      Transforms.relu(output, false);
    }
    return dropout == null ? output : output.muli(RowDropout.factors(dropout, output));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray hidden = inputs[0];
    INDArray context = inputs[1];
    INDArray byHidden = array(workspaces, ArrayType.ACTIVATION_GRAD);
    INDArray byContext = array(workspaces, ArrayType.ACTIVATION_GRAD);
    if (NativeFloats.has(hidden, context, epsilon, byHidden, byContext)) {
      RowLoop.run(
          new INDArray[] {hidden, context, epsilon},
          new INDArray[] {byHidden, byContext},
          this::backward);
    } else {
      INDArray error = epsilon;
      if (rectified) {
        INDArray crossed = cross(hidden, context, byHidden);
        error = crossed.gt(0).castTo(epsilon.dataType()).muli(epsilon);
      }
      if (dropout != null) {
        error = error.mul(RowDropout.factors(dropout, error));
      }
      error.muli(hidden, byContext);
      context.addi(1, byHidden);
      byHidden.muli(error);
    }
    return new Pair<>(null, new INDArray[] {byHidden, byContext});
  }

  private void forward(RowLoop.Chunk chunk) {
    float[] hidden = chunk.in[0];
    float[] context = chunk.in[1];
    float[] keep = chunk.scratch;
    float[] out = chunk.out[0];
    int count = keep(chunk);
    float least = rectified ? 0 : Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      out[i] = Math.max(least, hidden[i] * (context[i] + 1)) * keep[i];
    }
  }

  private void backward(RowLoop.Chunk chunk) {
    float[] hidden = chunk.in[0];
    float[] context = chunk.in[1];
    float[] error = chunk.in[2];
    float[] keep = chunk.scratch;
    float[] byHidden = chunk.out[0];
    float[] byContext = chunk.out[1];
    int count = keep(chunk);
    for (int i = 0; i < count; i++) {
      float factor = context[i] + 1;
      float passed = rectified && !(hidden[i] * factor > 0) ? 0 : error[i] * keep[i];
      byHidden[i] = passed * factor;
      byContext[i] = passed * hidden[i];
    }
  }

  /** Fills the chunk's scratch with the factors of dropout; returns how many. */
  private int keep(RowLoop.Chunk chunk) {
    int width = Math.toIntExact(inputs[0].size(1));
    int count = chunk.rows * width;
    if (dropout == null) {
      Arrays.fill(chunk.scratch, 0, count, 1f);
    } else {
      RowDropout.keep(dropout, chunk.bits, chunk.firstRow, chunk.rows, width, chunk.scratch);
    }
    return count;
  }

  private static INDArray cross(INDArray hidden, INDArray context, INDArray into) {
    context.addi(1, into);
    return into.muli(hidden);
  }

  private INDArray array(LayerWorkspaceMgr workspaces, ArrayType type) {
    return workspaces.createUninitialized(type, inputs[0].dataType(), inputs[0].shape());
  }
}
