package io.rankline.spark.table;

import io.rankline.data.ColumnLayout;
import io.rankline.data.DenseColumns;
import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.data.WeightLayout;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.io.example.ColumnBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arrays of one list while its cells are read into them. */
final class ListArrays {

  /** Where cells come from. */
  @FunctionalInterface
  interface Cells {
    /** The cell of a column for an item, from 0; null where there is none. */
    @Nullable Object at(TableColumn column, int item);
  }

  private final TableColumns columns;
  private final ListLayout layout;
  private final int size;
  private final float[] context;
  private final float[] examples;
  private final float[] labels;
  private final float[] weights;

  /** Arrays of a list of that many items. */
  ListArrays(TableColumns columns, int size) {
    this.columns = columns;
    this.layout = columns.layout();
    this.size = size;
    this.context = new float[layout.contextWidth()];
    this.examples = new float[Math.multiplyExact(size, layout.exampleWidth())];
    this.labels = new float[Math.multiplyExact(size, layout.labels().size())];
    this.weights = new float[layout.weights().count(size)];
  }

  /**
   * The list.
   *
   * @throws CellFault for the first cell that it cannot hold
   */
  RankingList read(Cells ofContext, Cells ofItems) throws CellFault {
    dense(layout.contextDense(), columns.context(), 1, context, layout.contextWidth(), ofContext);
    dense(
        layout.exampleDense(), columns.examples(), size, examples, layout.exampleWidth(), ofItems);
    for (int task = 0; task < columns.labels().size(); task++) {
      for (int item = 0; item < size; item++) {
        labels[task * size + item] = number(columns.labels().get(task), item, ofItems);
      }
    }
    TableColumn weight = columns.weight();
    for (int w = 0; weight != null && w < weights.length; w++) {
      weights[w] =
          number(weight, w, layout.weights() == WeightLayout.PER_ITEM ? ofItems : ofContext);
      if (weights[w] < 0) {
        throw new CellFault(weight, "is %s, and a weight is 0 or more".formatted(weights[w])).of(w);
      }
    }
    return new RankingList(
        layout,
        size,
        size,
        context,
        examples,
        labels,
        weights,
        values(layout.contextColumns(), columns.context(), 1, ofContext),
        values(layout.exampleColumns(), columns.examples(), size, ofItems));
  }

  private static void dense(
      List<DenseColumns> blocks,
      Map<String, TableColumn> columns,
      int rows,
      float[] target,
      int stride,
      Cells cells)
      throws CellFault {
    for (DenseColumns block : blocks) {
      TableColumn column = column(columns, block.name());
      for (int row = 0; row < rows; row++) {
        try {
          Object cell = cells.at(column, row);
          int to = row * stride + block.offset();
          if (cell != null) {
            CellReader.floats(column, cell, target, to);
          } else {
            requireDefault(column);
            for (int i = 0; i < block.width(); i++) {
              target[to + i] = block.padding().get(i);
            }
          }
        } catch (CellFault fault) {
          throw fault.of(row);
        }
      }
    }
  }

  private static List<ValueColumn> values(
      List<ColumnLayout> layouts, Map<String, TableColumn> columns, int rows, Cells cells)
      throws CellFault {
    List<ValueColumn> result = new ArrayList<>(layouts.size());
    for (ColumnLayout of : layouts) {
      TableColumn column = column(columns, of.name());
      ColumnBuilder builder = new ColumnBuilder(column.dtype());
      builder.reset(rows);
      for (int row = 0; row < rows; row++) {
        try {
          Object cell = cells.at(column, row);
          if (cell == null) {
            requireDefault(column);
          }
          builder.set(cell == null ? of.padding() : CellReader.values(column, cell));
        } catch (CellFault fault) {
          throw fault.of(row);
        }
        builder.endRow();
      }
      result.add(builder.build());
    }
    return result;
  }

  private static float number(TableColumn column, int item, Cells cells) throws CellFault {
    try {
      Object cell = cells.at(column, item);
      if (cell == null) {
        requireDefault(column);
        return ((Number) ((FixedLenFeature) column.feature()).defaultValues().get(0)).floatValue();
      }
      float number = CellReader.number(column, cell);
      if (column.dtype() == DType.INT64) {
        CellReader.integer(column, cell);
      }
      return number;
    } catch (CellFault fault) {
      throw fault.of(item);
    }
  }

  private static void requireDefault(TableColumn column) throws CellFault {
    if (column.isRequired()) {
      throw new CellFault(column, "is null, and the %s has no default".formatted(column.role()));
    }
  }

  private static TableColumn column(Map<String, TableColumn> columns, String name) {
    TableColumn column = columns.get(name);
    if (column == null) {
      throw new IllegalStateException("no column '%s'".formatted(name));
    }
    return column;
  }
}
