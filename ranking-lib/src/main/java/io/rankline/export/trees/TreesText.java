package io.rankline.export.trees;

import com.typesafe.config.ConfigUtil;
import io.rankline.export.solr.SolrFeature;
import io.rankline.export.solr.SolrModelText;
import io.rankline.export.trees.Tree.Node;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Trees as XGBoost dumps them, as it saves them, and as Solr reads them. */
final class TreesText {

  /** XGBoost's parent of a root. */
  private static final int NO_PARENT = Integer.MAX_VALUE;

  /** Solr adds this to each threshold. */
  private static final float SOLR_SLACK = 1e-6f;

  private TreesText() {}

  /** Writes what {@code dump_model} writes, in JSON: an array of trees. */
  static void dump(List<String> features, List<Tree> trees, OutputStream to) throws IOException {
    Writer out = writer(to);
    String separator = "[\n";
    for (Tree tree : trees) {
      out.write(separator);
      dump(tree, 0, features, out);
      separator = ",\n";
    }
    out.write("\n]\n");
    out.flush();
  }

  private static void dump(Tree tree, int n, List<String> features, Writer out) throws IOException {
    Node node = tree.nodes().get(n);
    if (node.isLeaf()) {
      out.write("{\"nodeid\":%s,\"leaf\":%s}".formatted(n, node.value()));
      return;
    }
    out.write(
        "{\"nodeid\":%s,\"depth\":%s,\"split\":%s,\"split_condition\":%s,\"yes\":%s,\"no\":%s,\"missing\":%s,\"children\":["
            .formatted(
                n,
                node.depth(),
                ConfigUtil.quoteString(features.get(node.feature())),
                node.value(),
                node.left(),
                node.right(),
                node.goesLeft() ? node.left() : node.right()));
    dump(tree, node.left(), features, out);
    out.write(',');
    dump(tree, node.right(), features, out);
    out.write("]}");
  }

  /** Writes what {@code save_model} writes: a booster that predicts the score. */
  static void booster(List<String> features, List<Tree> trees, OutputStream to) throws IOException {
    Writer out = writer(to);
    out.write("{\"version\":[2,0,0],\"learner\":{\"attributes\":{},\n\"feature_names\":");
    out.write(array(features, ConfigUtil::quoteString));
    out.write(",\n\"feature_types\":" + array(features, feature -> "\"float\""));
    out.write(
        ",\n\"learner_model_param\":{\"base_score\":\"0E0\",\"boost_from_average\":\"0\",\"num_class\":\"0\",\"num_feature\":\"%s\",\"num_target\":\"1\"}"
            .formatted(features.size()));
    out.write(
        ",\n"
            + "\"objective\":{\"name\":\"reg:squarederror\",\"reg_loss_param\":{\"scale_pos_weight\":\"1\"}}");
    out.write(
        ",\n\"gradient_booster\":{\"name\":\"gbtree\",\"model\":{\"gbtree_model_param\":{\"num_parallel_tree\":\"1\",\"num_trees\":\"%s\"}"
            .formatted(trees.size()));
    List<Integer> places = IntStream.rangeClosed(0, trees.size()).boxed().toList();
    out.write(",\n\"iteration_indptr\":" + array(places, String::valueOf));
    out.write(",\n\"tree_info\":" + array(trees, tree -> "0"));
    out.write(",\n\"trees\":[");
    for (int t = 0; t < trees.size(); t++) {
      out.write(t == 0 ? "\n" : ",\n");
      booster(trees.get(t).nodes(), t, features.size(), out);
    }
    out.write("]}}}}\n");
    out.flush();
  }

  private static void booster(List<Node> nodes, int t, int features, Writer out)
      throws IOException {
    int[] parents = new int[nodes.size()];
    parents[0] = NO_PARENT;
    for (int n = 0; n < parents.length; n++) {
      if (!nodes.get(n).isLeaf()) {
        parents[nodes.get(n).left()] = n;
        parents[nodes.get(n).right()] = n;
      }
    }
    List<Integer> boxed = Arrays.stream(parents).boxed().toList();
    out.write("{\"id\":%s".formatted(t));
    out.write(
        ",\"tree_param\":{\"num_deleted\":\"0\",\"num_feature\":\"%s\",\"num_nodes\":\"%s\",\"size_leaf_vector\":\"1\"}"
            .formatted(features, nodes.size()));
    out.write(",\"left_children\":" + array(nodes, node -> String.valueOf(node.left())));
    out.write(",\"right_children\":" + array(nodes, node -> String.valueOf(node.right())));
    out.write(",\"parents\":" + array(boxed, String::valueOf));
    out.write(",\"split_indices\":" + array(nodes, node -> String.valueOf(node.feature())));
    out.write(",\"split_conditions\":" + array(nodes, node -> Float.toString(node.value())));
    out.write(",\"split_type\":" + array(nodes, node -> "0"));
    out.write(",\"default_left\":" + array(nodes, node -> node.goesLeft() ? "1" : "0"));
    out.write(",\"base_weights\":" + array(nodes, node -> "0.0"));
    out.write(",\"loss_changes\":" + array(nodes, node -> "0.0"));
    out.write(",\"sum_hessian\":" + array(nodes, node -> "0.0"));
    out.write(
        ",\"categories\":[],\"categories_nodes\":[],\"categories_segments\":[],\"categories_sizes\":[]}");
  }

  /** Writes a {@code MultipleAdditiveTreesModel} over features of the same names. */
  static void solr(String name, List<SolrFeature> features, List<Tree> trees, OutputStream to)
      throws IOException {
    Writer out = writer(to);
    SolrModelText.head("org.apache.solr.ltr.model.MultipleAdditiveTreesModel", name, features, out);
    out.write("{\"trees\":[");
    String separator = "\n";
    for (Tree tree : trees) {
      out.write(separator + "{\"weight\":\"1.0\",\"root\":");
      solr(tree, 0, features, out);
      out.write('}');
      separator = ",\n";
    }
    out.write("]}}\n");
    out.flush();
  }

  private static void solr(Tree tree, int n, List<SolrFeature> features, Writer out)
      throws IOException {
    Node node = tree.nodes().get(n);
    if (node.isLeaf()) {
      out.write("{\"value\":\"%s\"}".formatted(node.value()));
      return;
    }
    out.write(
        "{\"feature\":%s,\"threshold\":\"%s\",\"left\":"
            .formatted(
                ConfigUtil.quoteString(features.get(node.feature()).name()),
                threshold(node.value())));
    solr(tree, node.left(), features, out);
    out.write(",\"right\":");
    solr(tree, node.right(), features, out);
    out.write('}');
  }

  /**
   * The largest threshold that sends an edge to the right: Solr goes left up to 1e-6 above it. It
   * is searched between halves, as around zero there are a thousand million floats within 1e-6.
   */
  static float threshold(float edge) {
    int below = place(edge - 3 * Math.max(SOLR_SLACK, Math.ulp(edge)));
    int above = place(edge);
    while (above - below > 1) {
      int middle = below + (above - below) / 2;
      if (at(middle) + SOLR_SLACK < edge) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return at(below);
  }

  /** The place of a float among all floats in their order; both zeros have the same. */
  private static int place(float value) {
    int bits = Float.floatToIntBits(value);
    return bits < 0 ? Integer.MIN_VALUE - bits : bits;
  }

  private static float at(int place) {
    return Float.intBitsToFloat(place < 0 ? Integer.MIN_VALUE - place : place);
  }

  private static Writer writer(OutputStream to) {
    return new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
  }

  private static <T> String array(List<T> values, Function<T, String> text) {
    return "[" + String.join(",", values.stream().map(text).toList()) + "]";
  }
}
