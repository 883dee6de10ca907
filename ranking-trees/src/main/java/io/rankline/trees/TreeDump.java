package io.rankline.trees;

import io.rankline.frozen.step.TreeCode;
import io.rankline.text.Hocon;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A tree as XGBoost dumps it, in JSON; floats have as many digits as tell them apart. */
final class TreeDump {

  private final TreeCode code;
  private final float[] tree;

  private TreeDump(TreeCode code) {
    this.code = code;
    this.tree = code.empty();
  }

  static float[] read(String json, TreeCode code) {
    TreeDump dump = new TreeDump(code);
    dump.add(Hocon.parseJson(json, "XGBoost's dump").unwrapped(), 0);
    return dump.tree;
  }

  private void add(Map<?, ?> node, int place) {
    if (node.get("leaf") instanceof Number leaf) {
      code.leaf(tree, place, leaf.floatValue());
      return;
    }
    int feature = Integer.parseInt(field(node, "split").toString().substring(1)); // f12
    code.split(tree, place, feature, number(node, "split_condition").floatValue());
    int yes = number(node, "yes").intValue();
    for (Object child : (List<?>) field(node, "children")) {
      Map<?, ?> below = (Map<?, ?>) child;
      int other = number(below, "nodeid").intValue() == yes ? 0 : 1;
      add(below, TreeCode.below(place) + other);
    }
  }

  private static Number number(Map<?, ?> node, String name) {
    return (Number) field(node, name);
  }

  private static Object field(Map<?, ?> node, String name) {
    return Objects.requireNonNull(node.get(name), name);
  }
}
