package io.rankline.model.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Padded arrays to rows and back: copies of memory for floats on the processor, ND4J calls for
 * other types and devices, which take a multiple of that on small batches.
 */
public final class RowGather {

  private RowGather() {}

  /**
   * The rows of one feature array.
   *
   * @param feature [B, L, f], or [B, c] to be repeated for each item
   * @param out filled, [N, f] or [N, c]
   */
  public static void gather(INDArray feature, ListRows rows, INDArray out) {
    INDArray table = table(feature, rows);
    if (NativeFloats.has(feature, out)) {
      RowCopies copies = new RowCopies(rows, Math.toIntExact(table.size(1)));
      if (feature.rank() == 3) {
        copies.gather(NativeFloats.of(feature), NativeFloats.of(out));
      } else {
        copies.repeat(NativeFloats.of(feature), NativeFloats.of(out));
      }
      return;
    }
    if (feature.rank() == 3 && rows.rows() == table.size(0)) {
      // No padding: ND4J's pullRows costs as much as a layer's product on blocks of 64 items.
      out.assign(table);
      return;
    }
    pull(table, out, feature.rank() == 3 ? rows.slots() : rows.listOfRow());
  }

  /**
   * The transpose of {@link #gather}: what each element of the feature array gets of {@code
   * values}.
   *
   * @param values [N, width]
   * @param out filled, in the shape of the feature array: [B, L, width], 0 at padding, or [B,
   *     width], the sum over the items
   */
  public static void back(INDArray values, ListRows rows, INDArray out) {
    if (out.rank() == 3) {
      restore(values, rows, 0, out);
      return;
    }
    out.assign(0);
    for (int b = 0; b < rows.lists(); b++) {
      int from = rows.starts()[b];
      int to = rows.starts()[b + 1];
      if (to > from) {
        INDArray ones = Nd4j.ones(values.dataType(), 1, to - from);
        INDArray part = values.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
        out.getRow(b, true).assign(ones.mmul(part));
      }
    }
  }

  /**
   * Puts rows where their items stand. Every slot reads its row; padding reads one more row that
   * stands after the last item.
   *
   * @param values [N, M]
   * @param padding value at padding
   * @param out filled, [B, L, M], or [B, L] for M = 1
   */
  public static void restore(INDArray values, ListRows rows, double padding, INDArray out) {
    if (NativeFloats.has(values, out)) {
      new RowCopies(rows, Math.toIntExact(values.size(1)))
          .restore(NativeFloats.of(values), (float) padding, NativeFloats.of(out));
      return;
    }
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
          "features must have shape [%s, %s, width] or [%s, width] as the mask says, got %s"
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
