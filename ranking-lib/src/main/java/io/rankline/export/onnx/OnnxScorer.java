package io.rankline.export.onnx;

import io.rankline.data.BytesColumn;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.export.onnx.FeaturesText.Numbers;
import io.rankline.export.onnx.FeaturesText.Output;
import io.rankline.export.onnx.FeaturesText.Side;
import io.rankline.export.onnx.FeaturesText.Tokens;
import io.rankline.export.onnx.interpreter.Graph;
import io.rankline.export.onnx.interpreter.Tensor;
import io.rankline.feature.token.TokenIndex;
import io.rankline.feature.transform.NumberColumns;
import io.rankline.io.Folder;
import io.rankline.model.ListScorer;
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

/** Scores with what an export holds, as a client does that follows {@code features.json}. */
public final class OnnxScorer implements ListScorer {

  private final Graph graph;
  private final FeaturesText features;
  private final Map<String, TokenIndex> indexes = new HashMap<>();

  /**
   * A scorer of an export.
   *
   * @param folder of the export
   * @param graph runs its {@code model.onnx}
   * @throws IOException if the files beside it cannot be read
   */
  public OnnxScorer(Folder folder, Graph graph) throws IOException {
    this.graph = graph;
    try (InputStream text = folder.open(OnnxFormat.FEATURES_FILE)) {
      this.features =
          FeaturesText.parse(
              new String(text.readAllBytes(), StandardCharsets.UTF_8),
              folder.path() + "/" + OnnxFormat.FEATURES_FILE);
    }
    ClientIds ids = new ClientIds(folder);
    for (Tokens tokens : features.tokens()) {
      FeaturesText.Ids how = tokens.ids();
      if (how != null) {
        indexes.put(tokens.name(), ids.index(how));
      }
    }
  }

  @Override
  public List<SortedMap<String, float[]>> scores(List<RankingList> raw) {
    Map<String, Tensor> outputs = graph.run(inputs(raw));
    int items = longest(raw);
    List<SortedMap<String, float[]>> scores = new ArrayList<>();
    for (int q = 0; q < raw.size(); q++) {
      SortedMap<String, float[]> ofTasks = new TreeMap<>();
      for (Output output : features.outputs()) {
        float[] all = Objects.requireNonNull(outputs.get(output.name())).floats();
        int from = q * items * output.scores();
        int count = raw.get(q).size() * output.scores();
        ofTasks.put(output.task(), Arrays.copyOfRange(all, from, from + count));
      }
      scores.add(ofTasks);
    }
    return scores;
  }

  /** What a client sends for these lists, padded to the longest. */
  public Map<String, Tensor> inputs(List<RankingList> raw) {
    int items = longest(raw);
    Map<String, Tensor> inputs = new HashMap<>();
    for (Side side : Side.values()) {
      List<Numbers> numbers =
          features.features().stream().filter(feature -> feature.side() == side).toList();
      if (!numbers.isEmpty()) {
        inputs.put(numbers.get(0).input(), numbers(numbers, side, raw, items));
      }
    }
    for (Tokens tokens : features.tokens()) {
      inputs.put(tokens.name(), tokens(tokens, raw, items));
    }
    float[] mask = new float[raw.size() * items];
    for (int q = 0; q < raw.size(); q++) {
      Arrays.fill(mask, q * items, q * items + raw.get(q).size(), 1);
    }
    inputs.put(GraphInputs.MASK, Tensor.floats(mask, raw.size(), items));
    return inputs;
  }

  private static int longest(List<RankingList> lists) {
    return lists.stream().mapToInt(RankingList::size).max().orElse(0);
  }

  private static Tensor numbers(
      List<Numbers> features, Side side, List<RankingList> raw, int items) {
    int width = features.stream().mapToInt(Numbers::width).sum();
    int rows = side == Side.EXAMPLE ? items : 1;
    float[] values = new float[raw.size() * rows * width];
    // Nothing that stands at padding may change a score.
    Arrays.fill(values, Float.NaN);
    for (int q = 0; q < raw.size(); q++) {
      RankingList list = raw.get(q);
      for (Numbers feature : features) {
        float[] found = read(feature, list);
        for (int r = 0; r * feature.width() < found.length; r++) {
          System.arraycopy(
              found,
              r * feature.width(),
              values,
              (q * rows + r) * width + feature.column(),
              feature.width());
        }
      }
    }
    return side == Side.EXAMPLE
        ? Tensor.floats(values, raw.size(), items, width)
        : Tensor.floats(values, raw.size(), width);
  }

  private static float[] read(Numbers feature, RankingList list) {
    ListLayout layout = list.layout();
    return feature.side() == Side.EXAMPLE
        ? NumberColumns.ofExamples(layout, feature.name(), feature.width())
            .read(list.examples(), list.exampleColumns(), IntStream.range(0, list.size()).toArray())
        : NumberColumns.ofContext(layout, feature.name(), feature.width())
            .read(list.context(), list.contextColumns(), new int[] {0});
  }

  private Tensor tokens(Tokens tokens, List<RankingList> raw, int items) {
    List<ValueColumn> columns = raw.stream().map(list -> column(tokens, list)).toList();
    int most = 0;
    for (ValueColumn column : columns) {
      for (int r = 0; r < column.rows(); r++) {
        most = Math.max(most, column.count(r));
      }
    }
    int rows = tokens.side() == Side.EXAMPLE ? items : 1;
    int[] shape =
        tokens.side() == Side.EXAMPLE
            ? new int[] {raw.size(), items, most}
            : new int[] {raw.size(), most};
    String[] texts = new String[raw.size() * rows * most];
    long[] ids = new long[texts.length];
    Arrays.fill(texts, "");
    Arrays.fill(ids, TokenIndex.NONE);
    TokenIndex index = indexes.get(tokens.name());
    for (int q = 0; q < raw.size(); q++) {
      ValueColumn column = columns.get(q);
      for (int r = 0; r < column.rows(); r++) {
        int to = (q * rows + r) * most;
        for (int v = column.start(r); v < column.end(r); v++, to++) {
          if (index == null) {
            texts[to] = text(column, v);
          } else {
            ids[to] = id(index, column, v);
          }
        }
      }
    }
    return index == null ? Tensor.texts(texts, shape) : Tensor.integers(ids, shape);
  }

  private static ValueColumn column(Tokens tokens, RankingList list) {
    boolean isOfItems = tokens.side() == Side.EXAMPLE;
    ListLayout layout = list.layout();
    var layouts = isOfItems ? layout.exampleColumns() : layout.contextColumns();
    List<String> names = layouts.stream().map(column -> column.name()).toList();
    return (isOfItems ? list.exampleColumns() : list.contextColumns())
        .get(names.indexOf(tokens.name()));
  }

  private static String text(ValueColumn column, int v) {
    return column instanceof LongColumn integers
        ? String.valueOf(integers.values()[v])
        : ((BytesColumn) column).text(v);
  }

  private static long id(TokenIndex index, ValueColumn column, int v) {
    if (column instanceof LongColumn integers) {
      return index.idOf(integers.values()[v]);
    }
    BytesColumn texts = (BytesColumn) column;
    int start = texts.byteStart(v);
    return index.idOf(texts.bytes(), start, texts.ends()[v] - start);
  }
}
