package io.rankline.export.tensorflow;

import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;

/** Each record is an item and the context of its own list. */
final class SingleItems implements Lists {

  private final RowSteps rows;
  private final String records;

  /** Of serialized tf.Examples, [M]. */
  SingleItems(String records, GraphBuilder graph) {
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
