package io.rankline.model.kernel.bag;

import io.rankline.feature.token.Pooling;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Pools bags with ND4J's operations alone, on any backend and in any precision. */
final class ArrayBags implements BagArithmetic {

  /**
   * Below every value of a table: what an empty place of a bag holds while the largest is found.
   */
  private static final double LOWEST = -1e30;

  @Override
  public void pool(INDArray table, TokenIds ids, Pooling pooling, INDArray out) {
    long width = table.size(1);
    INDArray rows = gather(table, placeFilled(ids)).reshape(ids.bags(), ids.width(), width);
    INDArray present = present(ids, table.dataType());
    if (pooling == Pooling.MAX) {
      INDArray masked = withoutAbsent(rows, present);
      // + 0 makes -0 of an empty bag 0.
      out.assign(masked.max(1).mul(anyPresent(ids, table.dataType())).add(0));
      return;
    }
    INDArray sums = rows.mul(present).sum(1);
    out.assign(pooling == Pooling.MEAN ? sums.div(counts(ids, table.dataType())) : sums);
  }

  @Override
  public void backward(
      INDArray table, TokenIds ids, Pooling pooling, INDArray epsilon, INDArray gradient) {
    long width = table.size(1);
    gradient.assign(0);
    if (pooling == Pooling.MAX) {
      INDArray rows = gather(table, placeFilled(ids)).reshape(ids.bags(), ids.width(), width);
      INDArray masked = withoutAbsent(rows, present(ids, table.dataType()));
      int[] places = TokenIds.toHeap(Nd4j.argMax(masked, 1));
      int columns = Math.toIntExact(width);
      int[] cells = new int[places.length];
      for (int i = 0; i < cells.length; i++) {
        int id = ids.ids()[i / columns * ids.width() + places[i]];
        cells[i] = id < 0 ? -1 : Math.addExact(Math.multiplyExact(id, columns), i % columns);
      }
      addGrouped(
          cells,
          epsilon.dup('c').reshape('c', new long[] {epsilon.length(), 1}),
          gradient.reshape('c', new long[] {gradient.length(), 1}));
      return;
    }
    INDArray scaled =
        pooling == Pooling.MEAN ? epsilon.div(counts(ids, table.dataType())) : epsilon;
    int[] bags = new int[ids.ids().length];
    for (int t = 0; t < bags.length; t++) {
      bags[t] = t / ids.width();
    }
    addGrouped(ids.ids(), gather(scaled, bags), gradient);
  }

  /**
   * Adds each row of {@code values} to the row of {@code sums} that {@code rows} names, or to none
   * for a number below 0. Rows are sorted by their target first, since adding to one row from many
   * threads would round differently from run to run.
   */
  private static void addGrouped(int[] rows, INDArray values, INDArray sums) {
    long[] order = new long[rows.length];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] >= 0) {
        order[count++] = ((long) rows[i] << Integer.SIZE) | i;
      }
    }
    if (count == 0) {
      return;
    }
    Arrays.sort(order, 0, count);
    int[] sources = new int[count];
    int[] groups = new int[count];
    int[] targets = new int[count];
    int group = -1;
    for (int i = 0; i < count; i++) {
      int target = (int) (order[i] >>> Integer.SIZE);
      if (group < 0 || targets[group] != target) {
        targets[++group] = target;
      }
      sources[i] = (int) order[i];
      groups[i] = group;
    }
    INDArray added = gather(values, sources);
    if (count > 1) {
      // A single row is a vector to ND4J, and it would sum its columns.
      added =
          Nd4j.exec(
              DynamicCustomOp.builder("segment_sum")
                  .addInputs(added, Nd4j.createFromArray(groups))
                  .build())[0];
    }
    INDArray where = Nd4j.createFromArray(Arrays.copyOf(targets, group + 1));
    Nd4j.exec(
        DynamicCustomOp.builder("scatter_upd")
            .addInputs(sums, where, added)
            .addOutputs(sums)
            .build());
  }

  private static INDArray gather(INDArray table, int[] rows) {
    return Nd4j.exec(
        DynamicCustomOp.builder("gather")
            .addInputs(table, Nd4j.createFromArray(rows))
            .addIntegerArguments(0)
            .build())[0];
  }

  /** The ids with 0 for none, so that there is a row to read. */
  private static int[] placeFilled(TokenIds ids) {
    int[] filled = ids.ids().clone();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = Math.max(filled[i], 0);
    }
    return filled;
  }

  /** 1 at an id and 0 at none, [bags, T, 1]. */
  private static INDArray present(TokenIds ids, DataType type) {
    float[] present = new float[ids.ids().length];
    for (int i = 0; i < present.length; i++) {
      present[i] = ids.ids()[i] < 0 ? 0 : 1;
    }
    return Nd4j.createFromArray(present).castTo(type).reshape(ids.bags(), ids.width(), 1);
  }

  private static INDArray withoutAbsent(INDArray rows, INDArray present) {
    return rows.mul(present).add(present.rsub(1).mul(LOWEST));
  }

  /** Number of ids of each bag, 1 for an empty one, [bags, 1]. */
  private static INDArray counts(TokenIds ids, DataType type) {
    int[] counts = ids.counts();
    for (int bag = 0; bag < counts.length; bag++) {
      counts[bag] = Math.max(counts[bag], 1);
    }
    return Nd4j.createFromArray(counts).castTo(type).reshape(ids.bags(), 1);
  }

  /** 1 for a bag with an id, 0 for an empty one, [bags, 1]. */
  private static INDArray anyPresent(TokenIds ids, DataType type) {
    int[] any = ids.counts();
    for (int bag = 0; bag < any.length; bag++) {
      any[bag] = Math.min(any[bag], 1);
    }
    return Nd4j.createFromArray(any).castTo(type).reshape(ids.bags(), 1);
  }
}
