package io.rankline.model.scorer;

import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.graph.Node.Axis;
import io.rankline.model.input.FeatureColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;

/** Adds the vertices of another network to a model's graph, between rows of features and logits. */
public final class NetworkScorer implements Scorer {

  private static final long serialVersionUID = 1;

  private static final String PREFIX = "network_";

  private final ComputationGraphConfiguration network;

  public NetworkScorer(ComputationGraphConfiguration network) {
    this.network = network;
    for (Map.Entry<String, GraphVertex> vertex : network.getVertices().entrySet()) {
      if (vertex.getValue() instanceof LayerVertex layer) {
        ScoringLayer.of(vertex.getKey(), layer.getLayerConf().getLayer());
      }
    }
  }

  public static String nameInModel(String vertex) {
    return PREFIX + vertex;
  }

  @Override
  public SortedMap<String, Node> score(ModelGraph graph) {
    Map<String, Node> nodes = inputs(graph);
    Map<String, Integer> widths = widths(nodes);
    List<String> waiting = new ArrayList<>(network.getVertices().keySet());
    while (!waiting.isEmpty()) {
      String next =
          waiting.stream()
              .filter(name -> nodes.keySet().containsAll(inputsOf(name)))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("the network has a cycle"));
      waiting.remove(next);
      nodes.put(next, add(graph, next, widths, nodes));
    }
    List<String> outputs = network.getNetworkOutputs();
    SortedMap<String, Node> logits = new TreeMap<>();
    for (String output : outputs) {
      logits.put(outputs.size() == 1 ? SINGLE_TASK : output, node(nodes, output));
    }
    return logits;
  }

  private Node add(
      ModelGraph graph, String name, Map<String, Integer> widths, Map<String, Node> nodes) {
    List<Node> inputs = inputsOf(name).stream().map(input -> node(nodes, input)).toList();
    int width = widths.getOrDefault(name, 0);
    String vertexName = nameInModel(name);
    GraphVertex vertex = Objects.requireNonNull(network.getVertices().get(name));
    if (!(vertex instanceof LayerVertex layerVertex)) {
      return graph.add(vertexName, vertex.clone(), width, Axis.ITEMS, inputs.toArray(new Node[0]));
    }
    Node input = inputs.get(0);
    if (layerVertex.getPreProcessor() != null) {
      input =
          graph.add(
              vertexName + "_input",
              new PreprocessorVertex(layerVertex.getPreProcessor()),
              input.width(),
              Axis.ITEMS,
              input);
    }
    Layer original = layerVertex.getLayerConf().getLayer();
    // DL4J's LossLayer keeps the width of its input, but says that it puts out no columns.
    int outputs = original instanceof LossLayer ? input.width() : width;
    return graph.add(vertexName, ScoringLayer.of(name, original), outputs, input);
  }

  /** The rows that each input of the network reads. */
  private Map<String, Node> inputs(ModelGraph graph) {
    List<String> names = network.getNetworkInputs();
    Map<String, Node> nodes = new LinkedHashMap<>();
    Node rows = graph.rows();
    if (names.size() == 1) {
      nodes.put(names.get(0), rows);
      return nodes;
    }
    Map<String, FeatureColumns> columns = columnsOfRows(graph);
    for (String name : names) {
      FeatureColumns feature = columns.get(name);
      if (feature == null) {
        throw new IllegalArgumentException(
            "input '%s' of the network is no dense feature of the model; they are %s"
                .formatted(name, String.join(", ", columns.keySet())));
      }
      SubsetVertex subset =
          new SubsetVertex(feature.first(), feature.first() + feature.width() - 1);
      nodes.put(
          name, graph.add(PREFIX + "input_" + name, subset, feature.width(), Axis.ITEMS, rows));
    }
    return nodes;
  }

  private static Map<String, FeatureColumns> columnsOfRows(ModelGraph graph) {
    Map<String, FeatureColumns> columns = new TreeMap<>();
    int contextWidth = 0;
    for (FeatureColumns feature : graph.contextFeatures()) {
      columns.put(feature.name(), feature);
      contextWidth += feature.width();
    }
    for (FeatureColumns feature : graph.exampleFeatures()) {
      columns.put(
          feature.name(),
          new FeatureColumns(feature.name(), contextWidth + feature.first(), feature.width()));
    }
    return columns;
  }

  /** The number of columns that each vertex puts out. */
  private Map<String, Integer> widths(Map<String, Node> inputs) {
    requireWidths(inputs);
    InputType[] types =
        network.getNetworkInputs().stream()
            .map(name -> InputType.feedForward(node(inputs, name).width()))
            .toArray(InputType[]::new);
    Map<String, Integer> widths = new LinkedHashMap<>();
    network
        .clone()
        .getLayerActivationTypes(false, false, types)
        .forEach((name, type) -> widths.put(name, Math.toIntExact(type.arrayElementsPerExample())));
    return widths;
  }

  private void requireWidths(Map<String, Node> inputs) {
    network
        .getVertices()
        .forEach(
            (name, vertex) -> {
              String input = inputsOf(name).get(0);
              Node rows = inputs.get(input);
              if (rows != null
                  && vertex instanceof LayerVertex layer
                  && layer.getLayerConf().getLayer() instanceof FeedForwardLayer dense
                  && dense.getNIn() > 0
                  && dense.getNIn() != rows.width()) {
                throw new IllegalArgumentException(
                    "layer '%s' of the network reads %s columns of input '%s', the features have %s"
                        .formatted(name, dense.getNIn(), input, rows.width()));
              }
            });
  }

  private List<String> inputsOf(String vertex) {
    return Objects.requireNonNull(network.getVertexInputs().get(vertex));
  }

  private static Node node(Map<String, Node> nodes, String name) {
    Node node = nodes.get(name);
    if (node == null) {
      throw new IllegalArgumentException("the network has no vertex '%s'".formatted(name));
    }
    return node;
  }
}
