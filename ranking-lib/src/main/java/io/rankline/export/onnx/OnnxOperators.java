package io.rankline.export.onnx;

import static io.rankline.export.onnx.GraphWriter.attribute;

import io.rankline.export.graph.Binary;
import io.rankline.export.graph.Operators;
import io.rankline.export.graph.TreeLevels;
import io.rankline.export.graph.Unary;
import io.rankline.export.onnx.proto.DataType;
import io.rankline.feature.token.Pooling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Operations as nodes. Rows of items are those of all lists with their padding, [lists * items].
 */
final class OnnxOperators implements Operators {

  /** Stands for minus infinity, whose difference to itself would be no number. */
  private static final float LEAST = -Float.MAX_VALUE;

  private final GraphWriter graph;
  private final ListRows rows;
  private final List<TokenBag> bags;
  private final Set<String> constantRows = new HashSet<>();

  OnnxOperators(GraphWriter graph, ListRows rows, List<TokenBag> bags) {
    this.graph = graph;
    this.rows = rows;
    this.bags = bags;
  }

  @Override
  public String row(float... values) {
    String row = graph.floats(values, 1, values.length);
    constantRows.add(row);
    return row;
  }

  @Override
  public String matrix(int rowCount, int columns, float[] values) {
    return graph.floats(values, rowCount, columns);
  }

  @Override
  public String unary(Unary function, String x) {
    return switch (function) {
      case RELU -> graph.node("Relu", x);
      case TANH -> graph.node("Tanh", x);
      case SIGMOID -> graph.node("Sigmoid", x);
      case SOFTPLUS -> graph.node("Softplus", x);
      case EXP -> graph.node("Exp", x);
      case ABS -> graph.node("Abs", x);
      case SQRT -> graph.node("Sqrt", x);
      case SYMMETRIC_LOG1P -> log1p(x);
      case IS_MISSING -> cast(graph.node("IsNaN", x), DataType.FLOAT);
    };
  }

  /** In float32, {@code 1 + x} would lose the digits of a small x. */
  private String log1p(String x) {
    String wide = cast(x, DataType.DOUBLE);
    String size = graph.node("Add", graph.node("Abs", wide), graph.number(1));
    String log = graph.node("Mul", graph.node("Sign", wide), graph.node("Log", size));
    return cast(log, DataType.FLOAT);
  }

  @Override
  public String binary(Binary function, String x, String y) {
    return switch (function) {
      case PLUS -> constantRows.contains(y) && graph.addTo(x, y) ? x : graph.node("Add", x, y);
      case MINUS -> graph.node("Sub", x, y);
      case TIMES -> graph.node("Mul", x, y);
      case OVER -> graph.node("Div", x, y);
      case SMALLER -> graph.node("Min", x, y);
      case LARGER -> graph.node("Max", x, y);
      case AT_LEAST -> cast(graph.node("GreaterOrEqual", x, y), DataType.FLOAT);
      case EQUAL -> cast(graph.node("Equal", x, y), DataType.FLOAT);
      case OR_IF_MISSING -> graph.node("Where", graph.node("IsNaN", x), y, x);
    };
  }

  @Override
  public String product(String x, String matrix) {
    return graph.node("MatMul", x, matrix);
  }

  @Override
  public String columns(String x, int from, int to) {
    return graph.node("Slice", x, graph.integers(from), graph.integers(to), graph.integers(1));
  }

  @Override
  public String picked(String x, int... columns) {
    return graph.node(
        "Gather",
        List.of(x, graph.integers(IntStream.of(columns).asLongStream().toArray())),
        attribute("axis", 1));
  }

  @Override
  public String sideBySide(List<String> parts) {
    return graph.node("Concat", parts, attribute("axis", 1));
  }

  @Override
  public String softmax(String x) {
    return graph.node("Softmax", List.of(x), attribute("axis", 1));
  }

  @Override
  public String sum(String x) {
    return graph.node("ReduceSum", List.of(x, graph.integers(1)), attribute("keepdims", 1));
  }

  @Override
  public String ofItems(String lists) {
    return graph.node("Gather", List.of(lists, rows.listOfRow()), attribute("axis", 0));
  }

  @Override
  public String sumOfList(String x) {
    return ofItems(rows.sums(x));
  }

  @Override
  public String largestOfList(String x) {
    return ofItems(rows.largest(x));
  }

  @Override
  public String placeInList(String x) {
    return rows.places(x);
  }

  @Override
  public String attend(String x, int heads, int keyDim) {
    int width = heads * keyDim;
    // Whatever stands at padding, weights of 0 must make 0 of it.
    String items = graph.node("Where", rows.isItem(), x, row(0));
    String queries = ofHeads(columns(items, 0, width), heads, keyDim, List.of(0L, 2L, 1L, 3L));
    String keys = ofHeads(columns(items, width, 2 * width), heads, keyDim, List.of(0L, 2L, 3L, 1L));
    String values =
        ofHeads(columns(items, 2 * width, 3 * width), heads, keyDim, List.of(0L, 2L, 1L, 3L));
    String scale = graph.floats(new float[] {(float) (1 / Math.sqrt(keyDim))}, 1);
    String logits = graph.node("Mul", graph.node("MatMul", queries, keys), scale);
    String ofItems = graph.node("Unsqueeze", rows.mask(), graph.integers(1, 2));
    String masked = graph.node("Where", ofItems, logits, graph.floats(new float[] {LEAST}, 1));
    String weights = graph.node("Softmax", List.of(masked), attribute("axis", -1));
    String result =
        graph.node(
            "Transpose",
            List.of(graph.node("MatMul", weights, values)),
            attribute("perm", List.of(0L, 2L, 1L, 3L)));
    return graph.node("Reshape", result, graph.integers(-1, width));
  }

  /** From rows to [lists, items, heads, keyDim], transposed. */
  private String ofHeads(String x, int heads, int keyDim, List<Long> order) {
    String split = rows.split(x, heads, keyDim);
    return graph.node("Transpose", List.of(split), attribute("perm", order));
  }

  @Override
  public String trees(String x, int width, TreeLevels trees) {
    String count =
        graph.node(
            "Gather", List.of(graph.node("Shape", x), graph.integer(0)), attribute("axis", 0));
    String places = graph.node("Range", graph.integer(0), count, graph.integer(1));
    String starts =
        graph.node(
            "Unsqueeze", graph.node("Mul", places, graph.integers(width)), graph.integers(1));
    String values = graph.node("Reshape", x, graph.integers(-1));
    String at = graph.integers(LongStream.range(0, trees.count()).toArray());
    for (int d = 0; d < trees.features().size(); d++) {
      float[] thresholds = trees.thresholds().get(d);
      String column = gathered(graph.integers(trees.features().get(d)), at);
      String value = gathered(values, graph.node("Add", starts, column));
      String threshold = gathered(graph.floats(thresholds, thresholds.length), at);
      String isSecond = cast(graph.node("GreaterOrEqual", value, threshold), DataType.INT64);
      at = graph.node("Add", graph.node("Mul", at, graph.integers(2)), isSecond);
    }
    return sum(gathered(graph.floats(trees.leaves(), trees.leaves().length), at));
  }

  private String gathered(String values, String places) {
    return graph.node("Gather", List.of(values, places), attribute("axis", 0));
  }

  @Override
  public String pooled(int feature, float[] table, int width, Pooling pooling) {
    return bags.get(feature).pooled(table, width, pooling);
  }

  private String cast(String x, DataType type) {
    return graph.node("Cast", List.of(x), attribute("to", type.getNumber()));
  }
}
