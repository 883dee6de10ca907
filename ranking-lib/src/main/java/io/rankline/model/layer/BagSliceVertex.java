package io.rankline.model.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Computes {@link BagSlice}. */
// NullAway: DL4J passes null for "no gradient"; overrides: DL4J itself drops the "..." of
// setInputs.
@SuppressWarnings({"NullAway", "overrides"})
final class BagSliceVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  private final int contextFeatures;
  private final int feature;

  BagSliceVertex(
      ComputationGraph graph,
      String name,
      int index,
      DataType dataType,
      int contextFeatures,
      int feature) {
    super(graph, name, index, dataType);
    this.contextFeatures = contextFeatures;
    this.feature = feature;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    return workspaces.dup(ArrayType.ACTIVATIONS, slice(inputs[0]), 'c');
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray gradient =
        workspaces.create(ArrayType.ACTIVATION_GRAD, inputs[0].dataType(), inputs[0].shape(), 'c');
    slice(gradient).assign(epsilon);
    return new Pair<>(null, new INDArray[] {gradient, null});
  }

  private INDArray slice(INDArray bags) {
    ListRows rows = ListRows.of(mask());
    boolean ofContext = feature < contextFeatures;
    long from =
        ofContext
            ? (long) feature * rows.lists()
            : (long) contextFeatures * rows.lists()
                + (long) (feature - contextFeatures) * rows.rows();
    long to = from + (ofContext ? rows.lists() : rows.rows());
    return bags.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }
}
