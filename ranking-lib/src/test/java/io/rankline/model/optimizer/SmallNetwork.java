package io.rankline.model.optimizer;

import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A network of stock layers, batch normalisation among them, and data to train it on. */
final class SmallNetwork {

  private static final int ROWS = 8;
  private static final int WIDTH = 3;

  private SmallNetwork() {}

  static ComputationGraph of(Optimizer optimizer, Regularizer penalty) {
    NeuralNetConfiguration.Builder network =
        new NeuralNetConfiguration.Builder().seed(9).dataType(DataType.FLOAT).miniBatch(false);
    optimizer.configure(network, penalty);
    ComputationGraph graph =
        new ComputationGraph(
            network
                .graphBuilder()
                .addInputs("features")
                .addLayer(
                    "dense",
                    new DenseLayer.Builder().nIn(WIDTH).nOut(4).activation(Activation.TANH).build(),
                    "features")
                .addLayer("norm", new BatchNormalization.Builder().nIn(4).nOut(4).build(), "dense")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(4)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "norm")
                .setOutputs("out")
                .build());
    graph.init();
    return graph;
  }

  static void train(ComputationGraph graph, int steps) {
    for (int t = 0; t < steps; t++) {
      graph.fit(data());
      if (!Double.isFinite(graph.params().sumNumber().doubleValue())) {
        throw new IllegalStateException("the network diverged, which proves nothing");
      }
    }
  }

  static double score(ComputationGraph graph) {
    return graph.score(data(), true);
  }

  static DataSet data() {
    Random random = new Random(2);
    INDArray features =
        Nd4j.createFromArray(random.doubles(ROWS * WIDTH, -1, 1).toArray())
            .reshape(ROWS, WIDTH)
            .castTo(DataType.FLOAT);
    return new DataSet(features, features.sum(true, 1).muli(3));
  }
}
