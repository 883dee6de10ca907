package io.rankline.model.graph;

import io.rankline.model.graph.Node.Axis;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.FeatureColumns;
import io.rankline.model.layer.FlattenList;
import io.rankline.model.scorer.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;

/**
 * The graph of a ranking model while it is built: what a {@link Scorer} adds its layers to.
 *
 * <p>The features are there already, as nodes; layers take nodes and make nodes. Names of vertices
 * are the scorer's to choose; each may stand once.
 */
public final class ModelGraph {

  private final GraphBuilder builder;
  private final List<FeatureColumns> context;
  private final List<FeatureColumns> examples;
  private final List<Node> listEmbeddings = new ArrayList<>();
  private final List<Node> itemEmbeddings = new ArrayList<>();
  private final Node mask;
  private @Nullable Node rows;
  private @Nullable Node exampleRows;
  private @Nullable Node contextRows;
  private @Nullable Node denseExampleRows;

  private ModelGraph(GraphBuilder builder, EncodedInputs inputs, String maskFeatureName) {
    this.builder = builder;
    this.context = inputs.contextColumns();
    this.examples = inputs.exampleColumns();
    this.mask = new Node(maskFeatureName, 1, Axis.PADDED, false);
  }

  /**
   * A graph whose inputs have been declared; adds the embeddings.
   *
   * @param builder with the inputs of the plan
   */
  public static ModelGraph of(GraphBuilder builder, EncodedInputs inputs, String maskFeatureName) {
    ModelGraph graph = new ModelGraph(builder, inputs, maskFeatureName);
    TokenEmbeddings.addTo(graph, inputs);
    return graph;
  }

  /** Dense context features by their columns in {@link #contextRows}, sorted by name. */
  public List<FeatureColumns> contextFeatures() {
    return context;
  }

  /** Dense example features by their columns in {@link #exampleRows}, sorted by name. */
  public List<FeatureColumns> exampleFeatures() {
    return examples;
  }

  /** The mask, [B, L]: the last input of whatever works on lists. */
  public Node mask() {
    return mask;
  }

  /**
   * All features of every item, [N, C + F]: dense context features sorted by name, dense example
   * features sorted by name, then embeddings.
   */
  public Node rows() {
    if (rows == null) {
      List<Node> dense = new ArrayList<>();
      if (!context.isEmpty()) {
        dense.add(contextInput());
      }
      if (!examples.isEmpty()) {
        dense.add(exampleInput());
      }
      List<Node> parts = new ArrayList<>();
      if (!dense.isEmpty()) {
        parts.add(flatten("rows", dense));
      }
      for (Node embedding : listEmbeddings) {
        parts.add(toItems(embedding.vertex() + "_of_item", embedding));
      }
      parts.addAll(itemEmbeddings);
      rows = concat("features", parts);
    }
    return rows;
  }

  /** Example features of every item, [N, F]: dense ones sorted by name, then embeddings. */
  public Node exampleRows() {
    if (exampleRows == null) {
      List<Node> parts = new ArrayList<>();
      if (!examples.isEmpty()) {
        parts.add(denseExampleRows());
      }
      parts.addAll(itemEmbeddings);
      exampleRows = concat("example_row_features", parts);
    }
    return exampleRows;
  }

  /** Dense example features of every item, [N, F], sorted by name. */
  public Node denseExampleRows() {
    if (denseExampleRows == null) {
      denseExampleRows = flatten("example_rows", List.of(exampleInput()));
    }
    return denseExampleRows;
  }

  /** Context features of every list, [B, C]: dense ones sorted by name, then embeddings. */
  public Node contextRows() {
    if (contextRows == null) {
      List<Node> parts = new ArrayList<>();
      if (!context.isEmpty()) {
        parts.add(contextInput());
      }
      parts.addAll(listEmbeddings);
      contextRows = concat("context_row_features", parts);
    }
    return contextRows;
  }

  /** Whether the model has context features of any kind. */
  public boolean hasContext() {
    return !context.isEmpty() || !listEmbeddings.isEmpty();
  }

  /**
   * Adds a layer.
   *
   * @param width number of columns of its output
   * @return its output, on the axis of its input
   */
  public Node add(String name, Layer layer, int width, Node input) {
    builder.addLayer(name, layer, input.vertex());
    return new Node(name, width, input.axis(), true);
  }

  /**
   * Adds a vertex.
   *
   * @param width number of columns of its output
   * @param axis what the rows of its output are
   */
  public Node add(String name, GraphVertex vertex, int width, Axis axis, Node... inputs) {
    builder.addVertex(name, vertex, Arrays.stream(inputs).map(Node::vertex).toArray(String[]::new));
    boolean trainable =
        vertex.numParams(true) > 0 || Arrays.stream(inputs).anyMatch(Node::trainable);
    return new Node(name, width, axis, trainable);
  }

  /** Rows of lists repeated for each of their items: [B, width] to [N, width]. */
  public Node toItems(String name, Node lists) {
    if (lists.axis() != Axis.LISTS) {
      throw new IllegalArgumentException(
          "'%s' must have one row a list, got one for each of %s"
              .formatted(lists.vertex(), lists.axis()));
    }
    return add(name, new FlattenList(), lists.width(), Axis.ITEMS, lists, mask);
  }

  /** Columns side by side; the nodes must be on one axis. One node is returned as it is. */
  public Node concat(String name, List<Node> nodes) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(
          "the model has no feature for '%s'; declare at least one".formatted(name));
    }
    Node first = nodes.get(0);
    if (nodes.size() == 1) {
      return first;
    }
    int width = 0;
    for (Node node : nodes) {
      if (node.axis() != first.axis()) {
        throw new IllegalArgumentException(
            "'%s' puts '%s' of %s beside '%s' of %s"
                .formatted(name, first.vertex(), first.axis(), node.vertex(), node.axis()));
      }
      width += node.width();
    }
    return add(name, new MergeVertex(), width, first.axis(), nodes.toArray(new Node[0]));
  }

  /** Registers the embedding of a context or example feature. */
  void embedding(Node node) {
    (node.axis() == Axis.LISTS ? listEmbeddings : itemEmbeddings).add(node);
  }

  private Node flatten(String name, List<Node> features) {
    List<Node> inputs = new ArrayList<>(features);
    inputs.add(mask);
    int width = features.stream().mapToInt(Node::width).sum();
    return add(name, new FlattenList(), width, Axis.ITEMS, inputs.toArray(new Node[0]));
  }

  private Node contextInput() {
    return new Node(EncodedInputs.CONTEXT_FEATURES, widthOf(context), Axis.LISTS, false);
  }

  private Node exampleInput() {
    return new Node(EncodedInputs.EXAMPLE_FEATURES, widthOf(examples), Axis.PADDED, false);
  }

  private static int widthOf(List<FeatureColumns> features) {
    return features.stream().mapToInt(FeatureColumns::width).sum();
  }
}
