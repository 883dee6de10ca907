package io.rankline.io.tensor.bundle;

import io.rankline.io.proto.ObjectGraph;
import io.rankline.io.proto.ObjectGraph.Node.Attribute;
import io.rankline.io.tensor.NaturalOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A variable of a checkpoint.
 *
 * @param key of its entry
 * @param name for people: the variable's own, {@code dense_1/kernel}, or the key without what
 *     stands behind every one
 */
record CheckpointVariable(String key, String name) {

  private static final String VALUE = "/.ATTRIBUTES/VARIABLE_VALUE";

  /** What an optimizer, a metric or the saver keeps, and copies of all variables from Keras 3. */
  private static final Pattern NOT_OF_LAYERS =
      Pattern.compile(
          "(_all_variables|(.*/)?(\\.OPTIMIZER_SLOT|_?optimizer|_variables|save_counter|_?metrics"
              + "|keras_api))/.*");

  /** The variables of a checkpoint without a graph of objects, whose keys are their names. */
  static List<CheckpointVariable> ofKeys(Collection<String> keys) {
    return keys.stream().map(key -> new CheckpointVariable(key, key)).toList();
  }

  /**
   * The variables of the objects, in the order of their keys, which number the layers of a model.
   * They have their own names if each has one with its layer in it, or the keys.
   */
  static List<CheckpointVariable> ofObjects(ObjectGraph graph) {
    List<Attribute> found = new ArrayList<>();
    for (ObjectGraph.Node node : graph.getNodesList()) {
      for (Attribute attribute : node.getAttributesList()) {
        String key = attribute.getCheckpointKey();
        if (key.endsWith(VALUE) && !NOT_OF_LAYERS.matcher(key).matches()) {
          found.add(attribute);
        }
      }
    }
    Set<String> names = new HashSet<>();
    found.stream()
        .map(Attribute::getFullName)
        .filter(name -> name.contains("/"))
        .forEach(names::add);
    boolean named = names.size() == found.size();
    return found.stream()
        .sorted(Comparator.comparing(Attribute::getCheckpointKey, NaturalOrder.NAMES))
        .map(attribute -> of(attribute, named))
        .toList();
  }

  private static CheckpointVariable of(Attribute attribute, boolean named) {
    String key = attribute.getCheckpointKey();
    return new CheckpointVariable(
        key, named ? attribute.getFullName() : key.substring(0, key.length() - VALUE.length()));
  }
}
