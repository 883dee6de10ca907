package io.rankline.export.onnx;

import static io.rankline.export.onnx.GraphWriter.attribute;

import io.rankline.data.ListBatch;
import io.rankline.export.onnx.proto.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists, items and the rows that they are flattened to, as tensors of a graph. */
final class ListRows {

  private final GraphWriter graph;
  private final String mask;
  private final String shape;
  private @Nullable String listOfRow;
  private @Nullable String isItem;

  /**
   * Of a mask of truth values, [lists, items].
   *
   * @param shape the tensor of its two sizes
   */
  ListRows(GraphWriter graph, String mask, String shape) {
    this.graph = graph;
    this.mask = mask;
    this.shape = shape;
  }

  /** Which are items, [lists, items]. */
  String mask() {
    return mask;
  }

  /** Which rows are items, [rows, 1]. */
  String isItem() {
    if (isItem == null) {
      isItem = graph.node("Reshape", mask, graph.integers(-1, 1));
    }
    return isItem;
  }

  /** The list of each row, [rows]. */
  String listOfRow() {
    if (listOfRow == null) {
      String lists = graph.node("Gather", List.of(shape, graph.integer(0)), attribute("axis", 0));
      String numbers = graph.node("Range", graph.integer(0), lists, graph.integer(1));
      String column = graph.node("Unsqueeze", numbers, graph.integers(1));
      listOfRow = graph.node("Reshape", graph.node("Expand", column, shape), graph.integers(-1));
    }
    return listOfRow;
  }

  /** The number of rows, [1]. */
  String count() {
    return graph.node("Unsqueeze", graph.node("Size", mask), graph.integers(0));
  }

  /** From rows to [lists, items, sizes...]. */
  String split(String x, long... sizes) {
    String to =
        sizes.length == 0
            ? shape
            : graph.node("Concat", List.of(shape, graph.integers(sizes)), attribute("axis", 0));
    return graph.node("Reshape", List.of(x, to), attribute("allowzero", 1));
  }

  /** The sums of each list, [lists, columns]. */
  String sums(String x) {
    return graph.node(
        "ReduceSum", List.of(padded(x, 0), graph.integers(1)), attribute("keepdims", 0));
  }

  /** The largest numbers of each list, [lists, columns]. */
  String largest(String x) {
    String all = padded(x, -Float.MAX_VALUE);
    // A maximum needs at least one: the least there is, behind all others.
    String one = graph.node("Shape", graph.node("ReduceSum", List.of(all, graph.integers(1))));
    String least = graph.node("Expand", number(-Float.MAX_VALUE), one);
    return graph.node(
        "ReduceMax",
        List.of(graph.node("Concat", List.of(all, least), attribute("axis", 1))),
        attribute("axes", List.of(1L)),
        attribute("keepdims", 0));
  }

  /** Each number of a column among those of its list, as {@code Operators.placeInList} counts. */
  String places(String x) {
    String all = padded(x, Float.NaN);
    String others = graph.node("Transpose", List.of(all), attribute("perm", List.of(0L, 2L, 1L)));
    String upTo = counted(graph.node("GreaterOrEqual", all, others));
    String below = counted(graph.node("Less", others, all));
    String both = graph.node("Mul", graph.node("Add", upTo, below), number(0.5f));
    return graph.node("Reshape", both, graph.integers(-1, 1));
  }

  private String counted(String truths) {
    String ones = graph.node("Cast", List.of(truths), attribute("to", DataType.FLOAT.getNumber()));
    return graph.node("ReduceSum", List.of(ones, graph.integers(2)), attribute("keepdims", 0));
  }

  /** Rows of numbers as [lists, items, columns], with a number at padding. */
  private String padded(String x, float padding) {
    String items = graph.node("Where", isItem(), x, number(padding));
    String columns =
        graph.node(
            "Slice",
            graph.node("Shape", x),
            graph.integers(1),
            graph.integers(2),
            graph.integers(0));
    String to = graph.node("Concat", List.of(shape, columns), attribute("axis", 0));
    return graph.node("Reshape", List.of(items, to), attribute("allowzero", 1));
  }

  private String number(float value) {
    return graph.floats(new float[] {value}, 1);
  }

  /**
   * Computes an output: scores of items, and the score of padding elsewhere.
   *
   * @param scores [rows, each]
   * @param each scores of an item
   */
  void score(String output, String scores, int each) {
    String padding = graph.floats(new float[] {(float) ListBatch.PADDING_SCORE}, 1);
    if (each == 1) {
      graph.compute(output, "Where", List.of(mask, split(scores), padding));
    } else {
      String ofScores = graph.node("Unsqueeze", mask, graph.integers(2));
      graph.compute(output, "Where", List.of(ofScores, split(scores, each), padding));
    }
  }
}
