package io.rankline.io.tensor.hdf5;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.rankline.io.tensor.NaturalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A variable in a file of Keras 3.
 *
 * @param path of the group of the layer's variables: {@code layers/dense_1/vars}
 * @param name the layer's name, or the path where names are not known or not unique, and what the
 *     variable is to the layer: {@code dense_7/kernel}
 * @param dataset its numbers
 */
record KerasVariable(String path, String name, Dataset dataset) {

  private static final String VARIABLES = "vars";

  /** Deeper than any model, so that groups which hold themselves come to an end. */
  private static final int DEEPEST = 50;

  /** Every group is a list of layers or a layer of one; classes are numbered. */
  private static final Pattern OF_SEQUENCE =
      Pattern.compile("((layers|_layer_checkpoint_dependencies)/[^/]+/)+" + VARIABLES);

  private static final Pattern NUMBER = Pattern.compile("_\\d+$");

  /** Those of a file but the optimizer's, sorted by path. */
  static List<KerasVariable> of(Group file) {
    Map<String, Group> layers = new TreeMap<>(NaturalOrder.NAMES);
    collect(file, "", 0, layers);
    Set<String> names = new HashSet<>();
    layers.values().forEach(group -> names.add(layerName(group)));
    boolean named = !names.contains("") && names.size() == layers.size();
    List<KerasVariable> variables = new ArrayList<>();
    layers.forEach(
        (path, group) -> {
          List<Dataset> datasets = datasets(group);
          List<String> roles = roles(path, datasets);
          String layer = named ? layerName(group) : path;
          for (int k = 0; k < datasets.size(); k++) {
            variables.add(new KerasVariable(path, layer + "/" + roles.get(k), datasets.get(k)));
          }
        });
    return variables;
  }

  /** Whether it belongs to a layer of a list of layers, whose place the path says. */
  boolean isOfSequence() {
    return OF_SEQUENCE.matcher(path).matches();
  }

  private static void collect(Group group, String path, int depth, Map<String, Group> layers) {
    for (Node child : group) {
      String below = path.isEmpty() ? child.getName() : path + "/" + child.getName();
      if (!(child instanceof Group next)
          || child.isLink()
          || depth == DEEPEST
          || below.equals("optimizer")) {
        continue;
      }
      if (!datasets(next).isEmpty() && child.getName().equals(VARIABLES)) {
        layers.put(below, next);
      }
      collect(next, below, depth + 1, layers);
    }
  }

  private static List<Dataset> datasets(Group group) {
    List<Dataset> datasets = new ArrayList<>();
    for (Node child : group) {
      if (child instanceof Dataset dataset && !child.isLink()) {
        datasets.add(dataset);
      }
    }
    datasets.sort(Comparator.comparing(Node::getName, NaturalOrder.NAMES));
    return datasets;
  }

  /** The name of the layer; empty where the file does not say it. */
  private static String layerName(Group variables) {
    Attribute name = variables.getAttribute("name");
    return name != null && name.getData() instanceof String text ? text : "";
  }

  /** What the variables of a layer are, by its class or their shapes; their numbers otherwise. */
  private static List<String> roles(String path, List<Dataset> datasets) {
    String[] parts = path.split("/", -1);
    String type = parts.length < 2 ? "" : NUMBER.matcher(parts[parts.length - 2]).replaceFirst("");
    List<Integer> ranks = datasets.stream().map(one -> one.getDimensions().length).toList();
    if (type.equals("embedding") && ranks.equals(List.of(2))) {
      return List.of("embeddings");
    }
    if (ranks.equals(List.of(2, 1))
        && datasets.get(0).getDimensions()[1] == datasets.get(1).getDimensions()[0]) {
      return List.of("kernel", "bias");
    }
    if (type.equals("dense") && ranks.equals(List.of(2))) {
      return List.of("kernel");
    }
    if (ranks.equals(List.of(1, 1, 1, 1))) {
      return List.of("gamma", "beta", "moving_mean", "moving_variance");
    }
    if (type.equals("batch_normalization") && ranks.equals(List.of(1, 1))) {
      return List.of("moving_mean", "moving_variance");
    }
    return datasets.stream().map(Node::getName).toList();
  }
}
