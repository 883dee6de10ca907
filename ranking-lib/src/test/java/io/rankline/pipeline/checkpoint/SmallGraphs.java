package io.rankline.pipeline.checkpoint;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** Networks of one hidden layer. */
public final class SmallGraphs {

  private SmallGraphs() {}

  static ComputationGraph dense(int width) {
    return dense(3, width);
  }

  /** A network with Adam that has not been trained. */
  public static ComputationGraph dense(int inputs, int width) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nIn(inputs).nOut(width).build(), "in")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .nIn(width)
                        .nOut(1)
                        .build(),
                    "hidden")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  static void fit(ComputationGraph graph, int step) {
    graph.fit(
        new MultiDataSet(
            Nd4j.linspace(0, 1, 6).addi(step).reshape(2, 3), Nd4j.ones(2, 1).muli(step)));
  }
}
