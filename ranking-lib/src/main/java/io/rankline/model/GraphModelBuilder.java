package io.rankline.model;

import io.rankline.model.input.InputCreator;
import io.rankline.model.input.Preprocessor;
import io.rankline.model.scorer.NetworkScorer;
import io.rankline.model.scorer.Scorer;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes a ranking model of a network of your own, such as one imported from Keras.
 *
 * <p>The network scores rows: it maps the features of one item to its scores. A network of one
 * input gets all features, dense context features sorted by name, dense example features sorted by
 * name, then embeddings. A network of several inputs gets one feature each, by the name of the
 * input. Each output is a task of its name; the task of a single output is {@link
 * Scorer#SINGLE_TASK}.
 *
 * <p>The model starts with a copy of the network's parameters, so before training it scores items
 * as the network does. Output layers leave their loss behind and keep weights and activation; the
 * losses are those of the settings, as are the optimizer and, where a layer has none of its own,
 * penalties. Frozen layers stay frozen. The network itself is never changed.
 */
public final class GraphModelBuilder extends AbstractModelBuilder {

  private static final long serialVersionUID = 1;

  private final ComputationGraph network;
  private final ModelBuilder builder;

  /**
   * A builder around a graph.
   *
   * @param network initialised; its parameters are copied when a model is built
   * @param inputCreator the features
   * @param preprocessor what is done to them before the network sees them
   * @param maskFeatureName name of the mask among the model's inputs
   * @param name shown in logs and reports
   * @throws IllegalArgumentException for an output layer that scores no rows
   */
  public GraphModelBuilder(
      ComputationGraph network,
      InputCreator inputCreator,
      Preprocessor preprocessor,
      String maskFeatureName,
      String name) {
    this.network = network;
    this.builder =
        new ModelBuilder(
            inputCreator,
            preprocessor,
            new NetworkScorer(network.getConfiguration().clone()),
            maskFeatureName,
            name);
  }

  /**
   * A builder around a stack of layers, as {@link #GraphModelBuilder(ComputationGraph,
   * InputCreator, Preprocessor, String, String)}.
   */
  public GraphModelBuilder(
      MultiLayerNetwork network,
      InputCreator inputCreator,
      Preprocessor preprocessor,
      String maskFeatureName,
      String name) {
    this(network.toComputationGraph(), inputCreator, preprocessor, maskFeatureName, name);
  }

  @Override
  public RankingModel build(TrainingSettings settings) {
    RankingModel model = builder.build(settings);
    for (GraphVertex vertex : network.getVertices()) {
      if (vertex.numParams() > 0) {
        copy(
            vertex.paramTable(false),
            model
                .graph()
                .getVertex(NetworkScorer.nameInModel(vertex.getVertexName()))
                .paramTable(false));
      }
    }
    return model;
  }

  private static void copy(Map<String, INDArray> from, Map<String, INDArray> to) {
    to.forEach(
        (name, target) -> {
          INDArray source = from.get(name);
          if (source == null) {
            throw new IllegalStateException("the network has no parameter " + name);
          }
          target.assign(source.castTo(target.dataType()));
        });
  }
}
