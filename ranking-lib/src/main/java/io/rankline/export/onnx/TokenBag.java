package io.rankline.export.onnx;

import static io.rankline.export.onnx.GraphWriter.attribute;

import io.rankline.export.onnx.proto.DataType;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.Pooling;
import io.rankline.model.input.TokenFeature;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The tokens of one feature as tensors.
 *
 * @param ids [rows, tokens]; below 0 for none
 * @param tables names of the embedding tables that were written
 */
record TokenBag(
    GraphWriter graph, TokenFeature feature, String ids, IdentityHashMap<float[], String> tables) {

  /** The pooled embeddings of each row, [rows, width]; zeros for no token. */
  String pooled(float[] table, int width, Pooling pooling) {
    // A maximum needs at least one: none, behind all others.
    String all = pooling == Pooling.MAX ? withNone() : ids;
    String known = known(all);
    String taken = graph.node("Where", known, all, graph.integers(0));
    String rows = graph.node("Gather", List.of(table(table, width), taken), attribute("axis", 0));
    String counted = cast(known, DataType.FLOAT);
    String count =
        graph.node("ReduceSum", List.of(counted, graph.integers(1)), attribute("keepdims", 1));
    if (pooling == Pooling.MAX) {
      return largest(rows, known, count);
    }
    String sum =
        graph.node(
            "ReduceSum",
            List.of(
                graph.node("Mul", rows, graph.node("Unsqueeze", counted, graph.integers(2))),
                graph.integers(1)),
            attribute("keepdims", 0));
    return pooling == Pooling.SUM
        ? sum
        : graph.node("Div", sum, graph.node("Max", count, number(1)));
  }

  private String largest(String rows, String known, String count) {
    String candidates =
        graph.node(
            "Where",
            graph.node("Unsqueeze", known, graph.integers(2)),
            rows,
            number(-Float.MAX_VALUE));
    String most =
        graph.node(
            "ReduceMax",
            List.of(candidates),
            attribute("axes", List.of(1L)),
            attribute("keepdims", 0));
    return graph.node("Where", graph.node("Less", number(0), count), most, number(0));
  }

  /** Which of the ids are tokens that count. */
  private String known(String all) {
    String known = graph.node("Less", graph.integers(-1), all);
    if (feature.embedding().index() instanceof IdentityIndex identity
        && identity.others() == IdentityIndex.Others.NONE) {
      known = graph.node("And", known, graph.node("Less", all, graph.integers(identity.size())));
    }
    int most = feature.embedding().maxTokens();
    if (most == 0) {
      return known;
    }
    String place = graph.node("CumSum", cast(known, DataType.INT64), graph.integer(1));
    return graph.node("And", known, graph.node("Less", place, graph.integers(most + 1L)));
  }

  private String withNone() {
    String rows =
        graph.node(
            "Slice",
            graph.node("Shape", ids),
            graph.integers(0),
            graph.integers(1),
            graph.integers(0));
    String column = graph.node("Concat", List.of(rows, graph.integers(1)), attribute("axis", 0));
    String none = graph.node("Expand", graph.integers(-1), column);
    return graph.node("Concat", List.of(ids, none), attribute("axis", 1));
  }

  private String table(float[] table, int width) {
    return tables.computeIfAbsent(
        table, unwritten -> graph.floats(unwritten, unwritten.length / width, width));
  }

  private String number(float value) {
    return graph.floats(new float[] {value}, 1);
  }

  private String cast(String x, DataType type) {
    return graph.node("Cast", List.of(x), attribute("to", type.getNumber()));
  }
}
