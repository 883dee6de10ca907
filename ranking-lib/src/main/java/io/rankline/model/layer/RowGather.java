package io.rankline.model.layer;

import java.util.Arrays;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Padded arrays to rows and back, made of ND4J calls. */
final class RowGather {

  private RowGather() {}

  /**
   * The rows of one feature array.
   *
   * @param feature [B, L, f], or [B, c] to be repeated for each item
   * @return [N, f] or [N, c]
   */
  static INDArray rows(
      INDArray feature, ListRows rows, LayerWorkspaceMgr workspaces, ArrayType type) {
    INDArray table = table(feature, rows);
    INDArray out =
        workspaces.createUninitialized(
            type, feature.dataType(), new long[] {rows.rows(), table.size(1)}, 'c');
    pull(table, out, feature.rank() == 3 ? rows.slots() : rows.listOfRow());
    return out;
  }

  /**
   * The transpose of {@link #rows}: what each element of the feature array gets of {@code values}.
   *
   * @param values [N, width]
   * @param shape of the feature array: [B, L, width] or [B, width]
   * @return 0 at padding, and the sum over the items for [B, width]
   */
  static INDArray back(
      INDArray values, long[] shape, ListRows rows, LayerWorkspaceMgr workspaces, ArrayType type) {
    if (shape.length == 3) {
      INDArray out = workspaces.createUninitialized(type, values.dataType(), shape, 'c');
      scatter(values, out, rows, 0);
      return out;
    }
    INDArray out = workspaces.create(type, values.dataType(), shape, 'c');
    for (int b = 0; b < rows.lists(); b++) {
      int from = rows.starts()[b];
      int to = rows.starts()[b + 1];
      if (to > from) {
        INDArray ones = Nd4j.ones(values.dataType(), 1, to - from);
        INDArray part = values.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
        out.getRow(b, true).assign(ones.mmul(part));
      }
    }
    return out;
  }

  /**
   * Rows [N, M] where their items stand: [B, L] for M = 1, otherwise [B, L, M].
   *
   * @param padding value at padding
   */
  static INDArray restore(
      INDArray values, ListRows rows, double padding, LayerWorkspaceMgr workspaces) {
    long outputs = values.size(1);
    long[] shape =
        outputs == 1
            ? new long[] {rows.lists(), rows.listSize()}
            : new long[] {rows.lists(), rows.listSize(), outputs};
    INDArray out =
        workspaces.createUninitialized(ArrayType.ACTIVATIONS, values.dataType(), shape, 'c');
    scatter(values, out, rows, padding);
    return out;
  }

  /** Every slot reads its row; padding reads one more row that stands after the last item. */
  private static void scatter(INDArray values, INDArray out, ListRows rows, double padding) {
    INDArray table = out.reshape((long) rows.lists() * rows.listSize(), values.size(1));
    if (rows.rows() == table.size(0)) {
      table.assign(values);
      return;
    }
    int[] source = new int[rows.lists() * rows.listSize()];
    Arrays.fill(source, rows.rows());
    for (int r = 0; r < rows.rows(); r++) {
      source[rows.slots()[r]] = r;
    }
    INDArray last = Nd4j.valueArrayOf(new long[] {1, values.size(1)}, padding, values.dataType());
    pull(Nd4j.concat(0, values, last), table, source);
  }

  private static INDArray table(INDArray feature, ListRows rows) {
    if (feature.rank() == 2 && feature.size(0) == rows.lists()) {
      return feature;
    }
    if (feature.rank() != 3
        || feature.size(0) != rows.lists()
        || feature.size(1) != rows.listSize()) {
      throw new IllegalArgumentException(
          "features must have shape [%d, %d, width] or [%d, width] as the mask says, got %s"
              .formatted(
                  rows.lists(), rows.listSize(), rows.lists(), Arrays.toString(feature.shape())));
    }
    return feature.reshape((long) rows.lists() * rows.listSize(), feature.size(2));
  }

  private static void pull(INDArray table, INDArray out, int[] source) {
    if (table.size(1) == 1) {
      // A single column is a vector to ND4J, and rows of vectors cannot be pulled.
      Nd4j.exec(
          DynamicCustomOp.builder("gather")
              .addInputs(table, Nd4j.createFromArray(source))
              .addIntegerArguments(0)
              .addOutputs(out)
              .build());
    } else {
      Nd4j.pullRows(table, out, 1, source);
    }
  }
}
