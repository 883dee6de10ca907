package io.rankline.pipeline.replica;

import io.rankline.model.NetworkPreparation;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.input.BatchEncoder;
import io.rankline.model.scorer.ScoringScope;
import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What a model is made of but for its parameters: small, and good for other processes.
 *
 * @param configuration the network, in DL4J's JSON
 * @param preparation what is no part of the network
 */
public record ModelBlueprint(
    String name,
    String configuration,
    BatchEncoder encoder,
    String maskFeatureName,
    TreeMap<String, TaskLoss> tasks,
    ScoringScope scope,
    NetworkPreparation preparation)
    implements Serializable {

  /** Draws of neighbouring ranks have nothing in common. */
  private static final long SEED_STRIDE = 0x9e3779b97f4a7c15L;

  /** Of a model as it is. */
  public static ModelBlueprint of(RankingModel model, NetworkPreparation preparation) {
    return new ModelBlueprint(
        model.name(),
        model.graph().getConfiguration().toJson(),
        model.encoder(),
        model.maskFeatureName(),
        new TreeMap<>(model.tasks()),
        model.scope(),
        preparation);
  }

  /**
   * A model for a replica. Its parameters have to be set; dropout and noise draw other numbers for
   * each rank, those of the original for rank 0.
   */
  public RankingModel build(int rank) {
    ComputationGraphConfiguration copy = ComputationGraphConfiguration.fromJson(configuration);
    if (rank > 0) {
      copy.getDefaultConfiguration()
          .setSeed(copy.getDefaultConfiguration().getSeed() + rank * SEED_STRIDE);
      for (GraphVertex vertex : copy.getVertices().values()) {
        if (vertex instanceof LayerVertex layer) {
          layer.getLayerConf().setSeed(layer.getLayerConf().getSeed() + rank * SEED_STRIDE);
        }
      }
    }
    ComputationGraph graph = new ComputationGraph(copy);
    graph.init();
    preparation.apply(graph);
    SortedMap<String, TaskLoss> losses = tasks;
    return new RankingModel(name, graph, encoder, maskFeatureName, losses, scope);
  }
}
