package io.rankline.export.tensorflow;

import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;
import static io.rankline.export.tensorflow.proto.DataType.DT_INT32;

/** Each record is an item and the context of its own list. */
final class SingleItems implements Lists {

  private final GraphBuilder graph;
  private final RowSteps rows;
  private final String records;

  /** Of serialized tf.Examples, [M]. */
  SingleItems(String records, GraphBuilder graph) {
    this.graph = graph;
    this.rows = new RowSteps(graph);
    this.records = records;
  }

  @Override
  public String contexts() {
    return records;
  }

  @Override
  public String items() {
    return records;
  }

  @Override
  public String ofItems(String ofLists) {
    return ofLists;
  }

  @Override
  public String sum(String x) {
    return x;
  }

  @Override
  public String largest(String x) {
    return x;
  }

  /** Beside itself alone. */
  @Override
  public String place(String x) {
    String shape = graph.op("Shape", x).type("T", DT_FLOAT).type("out_type", DT_INT32).add();
    return rows.filled(shape, DT_INT32, graph.scalar(0.5f), DT_FLOAT);
  }

  /** All attention of an item by itself is on its own values. */
  @Override
  public String attend(String x, int heads, int keyDim) {
    return rows.columns(x, DT_FLOAT, 2 * heads * keyDim, 3 * heads * keyDim);
  }

  /** [M], or [M, each] for several scores an item. */
  @Override
  public String answer(String scores, int each) {
    return each == 1 ? rows.flat(scores, DT_FLOAT) : scores;
  }
}
