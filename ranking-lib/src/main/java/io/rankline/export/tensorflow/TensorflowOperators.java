package io.rankline.export.tensorflow;

import static io.rankline.export.tensorflow.proto.DataType.DT_BOOL;
import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;
import static io.rankline.export.tensorflow.proto.DataType.DT_INT32;
import static io.rankline.export.tensorflow.proto.DataType.DT_INT64;

import io.rankline.export.graph.Binary;
import io.rankline.export.graph.Operators;
import io.rankline.export.graph.TreeLevels;
import io.rankline.export.graph.Unary;
import io.rankline.feature.token.Pooling;
import io.rankline.model.input.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The operations of networks in TensorFlow's words. Rows are real items alone. */
final class TensorflowOperators implements Operators {

  private final GraphBuilder graph;
  private final RowSteps rows;
  private final Lists lists;
  private final TokenGraph embeddings;
  private final List<TokenInput> tokens;

  /** The tokens of a feature, and what becomes of them. */
  record TokenInput(Tokens tokens, Embedding embedding) {}

  /**
   * Operations that are added to a graph.
   *
   * @param tokens of the features of the context, then of those of the examples
   */
  TensorflowOperators(
      GraphBuilder graph, Lists lists, TokenGraph embeddings, List<TokenInput> tokens) {
    this.graph = graph;
    this.rows = new RowSteps(graph);
    this.lists = lists;
    this.embeddings = embeddings;
    this.tokens = tokens;
  }

  @Override
  public String row(float... values) {
    return matrix(1, values.length, values);
  }

  @Override
  public String matrix(int count, int columns, float[] values) {
    return graph.floats(List.of(count, columns), values);
  }

  @Override
  public String unary(Unary function, String x) {
    return switch (function) {
      case RELU -> unary("Relu", x);
      case TANH -> unary("Tanh", x);
      case SIGMOID -> unary("Sigmoid", x);
      case SOFTPLUS -> unary("Softplus", x);
      case EXP -> unary("Exp", x);
      case ABS -> unary("Abs", x);
      case SQRT -> unary("Sqrt", x);
      case SYMMETRIC_LOG1P -> floats("Mul", unary("Sign", x), unary("Log1p", unary("Abs", x)));
      case IS_MISSING -> truth(unary("IsNan", x));
    };
  }

  @Override
  public String binary(Binary function, String x, String y) {
    return switch (function) {
      case PLUS -> floats("AddV2", x, y);
      case MINUS -> floats("Sub", x, y);
      case TIMES -> floats("Mul", x, y);
      case OVER -> floats("RealDiv", x, y);
      case SMALLER -> floats("Minimum", x, y);
      case LARGER -> floats("Maximum", x, y);
      case AT_LEAST -> truth(floats("GreaterEqual", x, y));
      case EQUAL -> truth(floats("Equal", x, y));
      case OR_IF_MISSING -> graph.op("SelectV2", unary("IsNan", x), y, x).type("T", DT_FLOAT).add();
    };
  }

  @Override
  public String product(String x, String matrix) {
    return floats("MatMul", x, matrix);
  }

  @Override
  public String columns(String x, int from, int to) {
    return rows.columns(x, DT_FLOAT, from, to);
  }

  @Override
  public String picked(String x, int... columns) {
    return graph
        .op("GatherV2", x, graph.ints(columns), graph.scalar(1))
        .type("Tparams", DT_FLOAT)
        .type("Tindices", DT_INT32)
        .type("Taxis", DT_INT32)
        .add();
  }

  @Override
  public String sideBySide(List<String> parts) {
    List<String> inputs = new ArrayList<>(parts);
    inputs.add(graph.scalar(1));
    return graph.op("ConcatV2", inputs).number("N", parts.size()).type("T", DT_FLOAT).add();
  }

  @Override
  public String softmax(String x) {
    return unary("Softmax", x);
  }

  @Override
  public String sum(String x) {
    return graph
        .op("Sum", x, graph.scalar(1))
        .type("T", DT_FLOAT)
        .type("Tidx", DT_INT32)
        .truth("keep_dims")
        .add();
  }

  @Override
  public String ofItems(String ofLists) {
    return lists.ofItems(ofLists);
  }

  @Override
  public String sumOfList(String x) {
    return lists.sum(x);
  }

  @Override
  public String largestOfList(String x) {
    return lists.largest(x);
  }

  @Override
  public String placeInList(String x) {
    return lists.place(x);
  }

  @Override
  public String attend(String x, int heads, int keyDim) {
    return lists.attend(x, heads, keyDim);
  }

  @Override
  public String trees(String x, int width, TreeLevels trees) {
    String count = rows.number(rows.shape(x), DT_INT64, 0);
    String starts =
        rows.reshaped(
            rows.binary("Mul", rows.places(count), graph.scalar((long) width), DT_INT64),
            DT_INT64,
            -1,
            1);
    String values = rows.flat(x, DT_FLOAT);
    String at = graph.longs(LongStream.range(0, trees.count()).toArray());
    for (int d = 0; d < trees.features().size(); d++) {
      float[] thresholds = trees.thresholds().get(d);
      String column = rows.gather(graph.longs(trees.features().get(d)), DT_INT64, at);
      String value = rows.gather(values, DT_FLOAT, rows.binary("AddV2", starts, column, DT_INT64));
      String threshold =
          rows.gather(graph.floats(List.of(thresholds.length), thresholds), DT_FLOAT, at);
      String isSecond = rows.cast(floats("GreaterEqual", value, threshold), DT_BOOL, DT_INT64);
      String first = rows.binary("Mul", at, graph.scalar(2L), DT_INT64);
      at = rows.binary("AddV2", first, isSecond, DT_INT64);
    }
    float[] leaves = trees.leaves();
    return sum(rows.gather(graph.floats(List.of(leaves.length), leaves), DT_FLOAT, at));
  }

  @Override
  public String pooled(int feature, float[] table, int width, Pooling pooling) {
    TokenInput input = tokens.get(feature);
    return embeddings.pooled(input.tokens(), input.embedding(), table, width, pooling);
  }

  private String unary(String op, String x) {
    return graph.op(op, x).type("T", DT_FLOAT).add();
  }

  private String floats(String op, String x, String y) {
    return rows.binary(op, x, y, DT_FLOAT);
  }

  private String truth(String truths) {
    return rows.cast(truths, DT_BOOL, DT_FLOAT);
  }
}
