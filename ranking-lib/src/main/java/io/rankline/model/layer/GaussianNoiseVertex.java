package io.rankline.model.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Computes {@link GaussianNoise}. */
@SuppressWarnings({"NullAway", "overrides"}) // as in RowsVertex
final class GaussianNoiseVertex extends RowsVertex {

  private static final long serialVersionUID = 1;

  private final double standardDeviation;

  GaussianNoiseVertex(
      double standardDeviation, ComputationGraph graph, String name, int index, DataType dataType) {
    super(graph, name, index, dataType);
    this.standardDeviation = standardDeviation;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    requireInputs();
    INDArray output =
        workspaces.createUninitialized(
            ArrayType.ACTIVATIONS, inputs[0].dataType(), inputs[0].shape());
    if (!training) {
      return output.assign(inputs[0]);
    }
    CountedDraws draws = draws();
    int width = Math.toIntExact(inputs[0].size(1));
    float scale = (float) standardDeviation;
    if (NativeFloats.has(inputs[0], output)) {
      RowLoop.run(
          new INDArray[] {inputs[0]},
          new INDArray[] {output},
          chunk -> {
            int count = chunk.rows * width;
            NormalDraws.fill(draws, chunk.firstRow, chunk.rows, width, scale, chunk.out[0]);
            RowArithmetic.add(chunk.out[0], 0, count, chunk.in[0]);
          });
      return output;
    }
    int rows = Math.toIntExact(inputs[0].size(0));
    float[] noise = new float[rows * width];
    NormalDraws.fill(draws, 0, rows, width, scale, noise);
    INDArray added = Nd4j.createFromArray(noise).reshape('c', rows, width);
    return output.assign(inputs[0]).addi(added.castTo(output.dataType()));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    INDArray gradient = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c');
    return new Pair<>(null, new INDArray[] {gradient});
  }
}
