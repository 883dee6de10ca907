package io.rankline.export.tensorflow;

import static io.rankline.export.tensorflow.proto.DataType.DT_BOOL;
import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;
import static io.rankline.export.tensorflow.proto.DataType.DT_INT32;
import static io.rankline.export.tensorflow.proto.DataType.DT_INT64;
import static io.rankline.export.tensorflow.proto.DataType.DT_STRING;

import io.rankline.export.tensorflow.proto.DataType;
import java.util.List;

/** What is done to rows of tensors, as nodes of a graph. Places of rows are int64. */
final class RowSteps {

  private final GraphBuilder graph;

  RowSteps(GraphBuilder graph) {
    this.graph = graph;
  }

  /** The rows that stand at some places, one after the other. */
  String gather(String rows, DataType type, String places) {
    return graph
        .op("GatherV2", rows, places, graph.scalar(0))
        .type("Tparams", type)
        .type("Tindices", DT_INT64)
        .type("Taxis", DT_INT32)
        .add();
  }

  /** The places where a vector of truths has one. */
  String placesOf(String truths) {
    return flat(graph.op("Where", truths).type("T", DT_BOOL).add(), DT_INT64);
  }

  /** The values of a tensor as a vector. */
  String flat(String x, DataType type) {
    return reshaped(x, type, -1);
  }

  String reshaped(String x, DataType type, int... shape) {
    return graph.op("Reshape", x, graph.ints(shape)).type("T", type).type("Tshape", DT_INT32).add();
  }

  /** Columns of a matrix, from {@code from} to before {@code to}. */
  String columns(String matrix, DataType type, int from, int to) {
    return graph
        .op("StridedSlice", matrix, graph.ints(0, from), graph.ints(0, to), graph.ints(1, 1))
        .type("T", type)
        .type("Index", DT_INT32)
        .number("begin_mask", 1)
        .number("end_mask", 1)
        .add();
  }

  /** One column of a matrix, as a vector. */
  String column(String matrix, DataType type, int column) {
    return flat(columns(matrix, type, column, column + 1), type);
  }

  /** One number of a vector. */
  String number(String vector, DataType type, int place) {
    return graph
        .op("StridedSlice", vector, graph.ints(place), graph.ints(place + 1), graph.ints(1))
        .type("T", type)
        .type("Index", DT_INT32)
        .number("shrink_axis_mask", 1)
        .add();
  }

  /** One number of a vector, as a vector of one. */
  String only(String vector, DataType type, int place) {
    return graph
        .op("StridedSlice", vector, graph.ints(place), graph.ints(place + 1), graph.ints(1))
        .type("T", type)
        .type("Index", DT_INT32)
        .add();
  }

  /** The sizes of a float tensor, int64. */
  String shape(String x) {
    return graph.op("Shape", x).type("T", DT_FLOAT).type("out_type", DT_INT64).add();
  }

  /** The places from 0 to before {@code count}, an int64. */
  String places(String count) {
    return graph
        .op("Range", graph.scalar(0L), count, graph.scalar(1L))
        .type("Tidx", DT_INT64)
        .add();
  }

  /** The number of values, an int64. */
  String size(String x, DataType type) {
    return graph.op("Size", x).type("T", type).type("out_type", DT_INT64).add();
  }

  String cast(String x, DataType from, DataType to) {
    return from == to ? x : graph.op("Cast", x).type("SrcT", from).type("DstT", to).add();
  }

  String binary(String op, String x, String y, DataType type) {
    return graph.op(op, x, y).type("T", type).add();
  }

  /** A tensor of one value everywhere. */
  String filled(String shape, DataType shapeType, String value, DataType type) {
    return graph.op("Fill", shape, value).type("T", type).type("index_type", shapeType).add();
  }

  /** As many ones as a vector of places has values. */
  String ones(String places, String one, DataType type) {
    String shape = graph.op("Shape", places).type("T", DT_INT64).type("out_type", DT_INT32).add();
    return filled(shape, DT_INT32, one, type);
  }

  /**
   * Pools rows of floats or numbers.
   *
   * @param op {@code UnsortedSegmentSum} or {@code UnsortedSegmentMax}
   * @param segments which row of the result each belongs to
   * @param count number of rows of the result, an int64
   */
  String pooled(String op, String rows, DataType type, String segments, String count) {
    return graph
        .op(op, rows, segments, count)
        .type("T", type)
        .type("Tindices", DT_INT64)
        .type("Tnumsegments", DT_INT64)
        .add();
  }

  /**
   * The same tensor, which fails where a condition does not hold for all.
   *
   * @param truths a vector of what must hold
   * @param message what is said if not, with the tensor's first values; TensorFlow writes quotes
   *     with a backslash
   */
  String required(String x, DataType type, String truths, String message) {
    String all = graph.op("All", truths, graph.ints(0)).type("Tidx", DT_INT32).add();
    String check =
        graph
            .op("Assert", all, graph.texts(List.of(), List.of(message)), x)
            .types("T", List.of(DT_STRING, type))
            .add();
    return graph.op("Identity", x, "^" + check).type("T", type).add();
  }

  /** The same tensor, which fails where a value is NaN or infinite. */
  String finite(String x, String message) {
    return graph.op("CheckNumerics", x).type("T", DT_FLOAT).text("message", message).add();
  }
}
