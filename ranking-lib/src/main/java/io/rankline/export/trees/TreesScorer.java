package io.rankline.export.trees;

import com.typesafe.config.Config;
import io.rankline.data.RankingList;
import io.rankline.export.engine.EngineModel;
import io.rankline.feature.transform.NumberColumns;
import io.rankline.io.Folder;
import io.rankline.model.ListScorer;
import io.rankline.model.input.EncodedFeature;
import io.rankline.text.Hocon;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The dump of trees, computed as XGBoost does: float32 comparisons, a float32 sum of leaves. */
final class TreesScorer implements ListScorer {

  private final String task;
  private final List<String> context;
  private final List<String> examples;
  private final List<Node> trees;

  private TreesScorer(String task, List<String> context, List<String> examples, List<Node> trees) {
    this.task = task;
    this.context = context;
    this.examples = examples;
    this.trees = trees;
  }

  /** A leaf, which has a value alone, or a split. */
  private record Node(
      float value, @Nullable String split, @Nullable Node yes, @Nullable Node no, boolean isYes) {

    static Node of(Config node) {
      if (node.hasPath("leaf")) {
        return new Node((float) node.getDouble("leaf"), null, null, null, false);
      }
      Node yes = null;
      Node no = null;
      for (Config child : node.getConfigList("children")) {
        if (child.getInt("nodeid") == node.getInt("yes")) {
          yes = of(child);
        } else if (child.getInt("nodeid") == node.getInt("no")) {
          no = of(child);
        }
      }
      return new Node(
          (float) node.getDouble("split_condition"),
          node.getString("split"),
          yes,
          no,
          node.getInt("missing") == node.getInt("yes"));
    }

    float leaf(Map<String, float[]> values, int item) {
      Node node = this;
      while (node.yes != null && node.no != null && node.split != null) {
        float x = Objects.requireNonNull(values.get(node.split), node.split)[item];
        boolean goesYes = Float.isNaN(x) ? node.isYes : x < node.value;
        node = goesYes ? node.yes : node.no;
      }
      return node.value;
    }
  }

  static TreesScorer read(EngineModel model, Folder folder) throws IOException {
    String text;
    try (InputStream in = folder.open(TreesFormat.DUMP_FILE)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Node> trees = new ArrayList<>();
    for (Config tree :
        Hocon.parseJson("{\"trees\":%s}".formatted(text), TreesFormat.DUMP_FILE)
            .toConfig()
            .getConfigList("trees")) {
      trees.add(Node.of(tree));
    }
    return new TreesScorer(
        model.description().tasks().firstKey(),
        model.inputs().context().stream().map(EncodedFeature::name).toList(),
        model.inputs().examples().stream().map(EncodedFeature::name).toList(),
        trees);
  }

  @Override
  public List<SortedMap<String, float[]>> scores(List<RankingList> raw) {
    List<SortedMap<String, float[]>> scores = new ArrayList<>();
    for (RankingList list : raw) {
      Map<String, float[]> values = values(list);
      float[] sums = new float[list.size()];
      for (Node tree : trees) {
        for (int i = 0; i < sums.length; i++) {
          sums[i] += tree.leaf(values, i);
        }
      }
      SortedMap<String, float[]> ofTasks = new TreeMap<>();
      ofTasks.put(task, sums);
      scores.add(ofTasks);
    }
    return scores;
  }

  /** The values of each feature, for every item. */
  private Map<String, float[]> values(RankingList list) {
    Map<String, float[]> values = new HashMap<>();
    int[] items = IntStream.range(0, list.size()).toArray();
    for (String feature : examples) {
      values.put(
          feature,
          NumberColumns.ofExamples(list.layout(), feature, 1)
              .read(list.examples(), list.exampleColumns(), items));
    }
    for (String feature : context) {
      float[] ofItems = new float[items.length];
      Arrays.fill(
          ofItems,
          NumberColumns.ofContext(list.layout(), feature, 1)
              .read(list.context(), list.contextColumns(), new int[] {0})[0]);
      values.put(feature, ofItems);
    }
    return values;
  }
}
