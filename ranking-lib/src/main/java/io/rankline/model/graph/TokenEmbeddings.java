package io.rankline.model.graph;

import io.rankline.model.graph.Node.Axis;
import io.rankline.model.input.Embedding;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.TokenFeature;
import io.rankline.model.layer.BagSlice;
import io.rankline.model.layer.EmbeddingBag;
import io.rankline.model.layer.TokenBags;
import java.util.ArrayList;
import java.util.List;

/** Adds the embedding tables of a plan to a graph, and the embedding of every token feature. */
final class TokenEmbeddings {

  private TokenEmbeddings() {}

  /** Each feature's embedding is a node of the graph: of lists for the context, else of items. */
  static void addTo(ModelGraph graph, EncodedInputs plan) {
    plan.tables().forEach((table, features) -> addTable(graph, plan, table, features));
  }

  private static void addTable(
      ModelGraph graph, EncodedInputs plan, String table, List<TokenFeature> features) {
    Embedding embedding = features.get(0).embedding();
    int dimension = embedding.dimension();
    List<Node> inputs = new ArrayList<>();
    int contextFeatures = 0;
    for (TokenFeature feature : features) {
      boolean ofContext = plan.contextTokens().contains(feature);
      contextFeatures += ofContext ? 1 : 0;
      inputs.add(new Node(feature.name(), 1, ofContext ? Axis.LISTS : Axis.PADDED, false));
    }
    inputs.add(graph.mask());
    Axis axis = contextFeatures > 0 ? Axis.LISTS : Axis.ITEMS;
    Node bags = graph.add(table + "_bags", new TokenBags(), 1, axis, inputs.toArray(new Node[0]));
    Node pooled =
        graph.add(
            table + "_embedding",
            EmbeddingBag.builder(embedding.index().size(), dimension)
                .pooling(embedding.pooling())
                .build(),
            dimension,
            bags);
    if (features.size() == 1) {
      graph.embedding(pooled);
      return;
    }
    for (int f = 0; f < features.size(); f++) {
      graph.embedding(
          graph.add(
              features.get(f).name() + "_embedding_of_" + table,
              new BagSlice(contextFeatures, f),
              dimension,
              f < contextFeatures ? Axis.LISTS : Axis.ITEMS,
              pooled,
              graph.mask()));
    }
  }
}
