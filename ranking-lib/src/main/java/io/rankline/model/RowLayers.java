package io.rankline.model;

import io.rankline.model.Node.Axis;
import io.rankline.model.layer.ResidualDropout;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.nd4j.linalg.activations.Activation;

/** Layers on rows that listwise scorers are made of. */
final class RowLayers {

  /** Epsilon of batch normalisation in Keras. */
  private static final double BATCH_NORM_EPSILON = 1e-3;

  private RowLayers() {}

  /** A dense layer, with weights as the network initialises them. */
  static Node dense(ModelGraph graph, String name, Node input, int width, Activation activation) {
    DenseLayer layer =
        new DenseLayer.Builder().nIn(input.width()).nOut(width).activation(activation).build();
    return graph.add(name, layer, width, input);
  }

  /** A dense layer without activation, with weights drawn evenly from [-limit, limit]. */
  static Node linear(ModelGraph graph, String name, Node input, int width, double limit) {
    DenseLayer layer =
        new DenseLayer.Builder()
            .nIn(input.width())
            .nOut(width)
            .activation(Activation.IDENTITY)
            .weightInit(new WeightInitDistribution(new UniformDistribution(-limit, limit)))
            .build();
    return graph.add(name, layer, width, input);
  }

  static Node batchNorm(ModelGraph graph, String name, Node input, double momentum) {
    BatchNormalization layer =
        new BatchNormalization.Builder()
            .nIn(input.width())
            .nOut(input.width())
            .decay(momentum)
            .eps(BATCH_NORM_EPSILON)
            .useLogStd(false)
            .build();
    return graph.add(name, layer, input.width(), input);
  }

  static Node relu(ModelGraph graph, String name, Node input) {
    return graph.add(name, new ActivationLayer(Activation.RELU), input.width(), input);
  }

  /** Dropout in training; the input itself where nothing is dropped. */
  static Node dropout(ModelGraph graph, String name, Node input, double rate) {
    return rate == 0
        ? input
        : graph.add(name, new ResidualDropout(rate), input.width(), Axis.ITEMS, input);
  }

  /** {@code dropout(branch) + trunk}. */
  static Node residual(ModelGraph graph, String name, Node branch, Node trunk, double rate) {
    return graph.add(name, new ResidualDropout(rate), trunk.width(), Axis.ITEMS, branch, trunk);
  }
}
