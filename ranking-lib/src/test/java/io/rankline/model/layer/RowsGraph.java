package io.rankline.model.layer;

import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small graphs around a layer on rows. Inputs are "rows" [N, width] and "mask" [B, L]. */
final class RowsGraph {

  private RowsGraph() {}

  /** Graph whose output is the vertex "out" itself. */
  static ComputationGraph bare(DataType type, UnaryOperator<GraphBuilder> layers) {
    return init(layers.apply(start(type, WorkspaceMode.ENABLED)).setOutputs("out"));
  }

  /**
   * Trainable graph: layers lead from "rows" to "out", and a squared loss follows.
   *
   * @param width columns of "out"
   */
  static ComputationGraph trainable(
      DataType type, WorkspaceMode mode, int width, UnaryOperator<GraphBuilder> layers) {
    OutputLayer loss =
        new OutputLayer.Builder(LossFunction.MSE)
            .nIn(width)
            .nOut(1)
            .activation(Activation.IDENTITY)
            .build();
    return init(layers.apply(start(type, mode)).addLayer("loss", loss, "out").setOutputs("loss"));
  }

  static DenseLayer dense(int in, int out) {
    return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.TANH).build();
  }

  private static GraphBuilder start(DataType type, WorkspaceMode mode) {
    return new NeuralNetConfiguration.Builder()
        .dataType(type)
        .seed(5)
        .updater(new NoOp())
        .miniBatch(false)
        .trainingWorkspaceMode(mode)
        .inferenceWorkspaceMode(mode)
        .graphBuilder()
        .addInputs("rows", "mask");
  }

  private static ComputationGraph init(GraphBuilder builder) {
    ComputationGraph graph = new ComputationGraph(builder.allowDisconnected(true).build());
    graph.init();
    return graph;
  }
}
