package io.rankline.model.graph;

import io.rankline.model.graph.Node.Axis;
import io.rankline.model.kernel.block.NormPlace;
import io.rankline.model.layer.BatchNormRows;
import io.rankline.model.layer.DenseBlock;
import io.rankline.model.layer.ResidualDropout;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.nd4j.linalg.activations.Activation;

/** Layers on rows that listwise scorers are made of. */
public final class RowLayers {

  private RowLayers() {}

  /** A dense layer without activation. */
  public static Node linear(ModelGraph graph, String name, Node input, int width) {
    return dense(graph, name, input, width, Activation.IDENTITY, 0);
  }

  /** A dense layer without activation, with weights drawn evenly from [-limit, limit]. */
  public static Node linear(ModelGraph graph, String name, Node input, int width, double limit) {
    DenseBlock.Builder block = block(input, width, Activation.IDENTITY);
    block.weightInit(new WeightInitDistribution(new UniformDistribution(-limit, limit)));
    return graph.add(name, block.build(), width, input);
  }

  /** Dense, activation, dropout. */
  public static Node dense(
      ModelGraph graph, String name, Node input, int width, Activation activation, double dropout) {
    return graph.add(name, block(input, width, activation).dropout(dropout).build(), width, input);
  }

  /** Dense, relu and batch norm in either order, dropout. */
  public static Node normalized(
      ModelGraph graph,
      String name,
      Node input,
      int width,
      NormPlace norm,
      double momentum,
      double dropout) {
    DenseBlock layer =
        block(input, width, Activation.RELU)
            .batchNorm(norm)
            .batchNormMoment(momentum)
            .momentumCorrected()
            .dropout(dropout)
            .build();
    return graph.add(name, layer, width, input);
  }

  /** Batch norm, and noise in training unless its deviation is 0. */
  public static Node batchNorm(
      ModelGraph graph, String name, Node input, double momentum, double noiseStddev) {
    BatchNormRows layer =
        new BatchNormRows.Builder()
            .nOut(input.width())
            .batchNormMoment(momentum)
            .momentumCorrected()
            .noise(noiseStddev)
            .inputGradient(input.trainable())
            .build();
    return graph.add(name, layer, input.width(), input);
  }

  /** {@code dropout(branch) + trunk}. */
  public static Node residual(ModelGraph graph, String name, Node branch, Node trunk, double rate) {
    return graph.add(name, new ResidualDropout(rate), trunk.width(), Axis.ITEMS, branch, trunk);
  }

  private static DenseBlock.Builder block(Node input, int width, Activation activation) {
    return new DenseBlock.Builder()
        .nIn(input.width())
        .nOut(width)
        .activation(activation)
        .inputGradient(input.trainable());
  }
}
