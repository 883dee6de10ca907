package io.rankline.export.trees;

import io.rankline.export.engine.EngineModel;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.export.graph.RawTrees;
import io.rankline.export.solr.Missing;
import io.rankline.export.solr.SolrFeature;
import io.rankline.frozen.step.TreeCode;
import io.rankline.frozen.step.TreeSum;
import io.rankline.frozen.step.Trees;
import io.rankline.model.input.EncodedFeature;
import io.rankline.model.input.EncodedInputs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The trees of a model that was grown, node by node.
 *
 * @param names of the features that nodes read by their numbers
 * @param fields the same features in Solr
 * @param trees whose sum is the score
 */
record Forest(List<String> names, List<SolrFeature> fields, List<Tree> trees) {

  /**
   * The trees of a model; empty for a model of other layers.
   *
   * @throws UnsupportedModelException if they read what no engine has
   */
  static Optional<Forest> of(EngineModel model) {
    EngineModel raw = RawTrees.of(model);
    TreeSum sum = RawTrees.only(raw.layers());
    if (sum == null) {
      return Optional.empty();
    }
    List<EncodedFeature> columns = RawTrees.columns(raw, sum);
    requireReadable(raw.inputs());
    List<Missing> missing = new ArrayList<>();
    List<SolrFeature> fields = new ArrayList<>();
    EncodedInputs inputs = raw.inputs();
    for (EncodedFeature feature : columns) {
      boolean isOfQuery = inputs.context().contains(feature);
      Missing of =
          Missing.of(feature, isOfQuery ? inputs.inputs().context() : inputs.inputs().examples());
      missing.add(of);
      fields.add(
          isOfQuery
              ? SolrFeature.ofQuery(feature.name(), feature.name(), of.value())
              : SolrFeature.ofField(feature.name(), feature.name(), of.value()));
    }
    List<Tree> trees = new ArrayList<>();
    for (int t = 0; t < sum.trees().count(); t++) {
      trees.add(tree(sum.trees(), t, missing));
    }
    return Optional.of(
        new Forest(columns.stream().map(EncodedFeature::name).toList(), fields, trees));
  }

  private static void requireReadable(EncodedInputs inputs) {
    List<String> reasons = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (EncodedFeature feature : inputs.context()) {
      names.add(feature.name());
      if (!SolrFeature.isParameter(feature.name())) {
        reasons.add(
            "context feature '%s' comes as efi.%s, which Solr cannot read; name it with letters,"
                    .formatted(feature.name(), feature.name())
                + " digits, _ and . alone");
      }
    }
    for (EncodedFeature feature : inputs.examples()) {
      if (!names.add(feature.name())) {
        reasons.add(
            "feature '%s' is one of the query and one of items, and trees know it by its name; rename"
                    .formatted(feature.name())
                + " one of them");
      }
    }
    for (List<EncodedFeature> side : List.of(inputs.context(), inputs.examples())) {
      for (EncodedFeature feature : side) {
        if (feature.inputWidth() > 1) {
          reasons.add(
              "feature '%s' has %s values, and a tree reads one; make as many features of it"
                  .formatted(feature.name(), feature.inputWidth()));
        } else if (!feature.chain().transforms().isEmpty()) {
          reasons.add(
              "feature '%s' has the transforms %s, after which larger values are not always larger;"
                      .formatted(feature.name(), feature.chain().transforms())
                  + " trees find such splits by themselves, so leave them out, or apply them before"
                  + " the data is written");
        }
      }
    }
    if (!reasons.isEmpty()) {
      throw new UnsupportedModelException("trees", reasons);
    }
  }

  /** A node of the model's tree that becomes the next node here. */
  private record Place(int node, int depth) {}

  private static Tree tree(Trees trees, int tree, List<Missing> missing) {
    List<Tree.Node> nodes = new ArrayList<>();
    List<Place> places = new ArrayList<>(List.of(new Place(decided(trees, tree, 0), 0)));
    for (int n = 0; n < places.size(); n++) {
      int node = places.get(n).node();
      int depth = places.get(n).depth();
      float value = trees.value(tree, node);
      int feature = trees.feature(tree, node);
      if (feature < 0) {
        nodes.add(Tree.Node.leaf(value, depth));
      } else {
        boolean goesLeft = missing.get(feature).value() < value;
        nodes.add(new Tree.Node(places.size(), places.size() + 1, feature, value, goesLeft, depth));
        int below = TreeCode.below(node);
        places.add(new Place(decided(trees, tree, below), depth + 1));
        places.add(new Place(decided(trees, tree, below + 1), depth + 1));
      }
    }
    return new Tree(nodes);
  }

  /** The node itself, or the one below it that all values reach. */
  private static int decided(Trees trees, int tree, int from) {
    int node = from;
    while (trees.feature(tree, node) >= 0 && Float.isInfinite(trees.value(tree, node))) {
      node = TreeCode.below(node) + (trees.value(tree, node) > 0 ? 0 : 1);
    }
    return node;
  }
}
