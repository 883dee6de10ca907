package io.rankline.pipeline.explanation;

import io.rankline.data.BytesColumn;
import io.rankline.data.ColumnLayout;
import io.rankline.data.DenseColumns;
import io.rankline.data.FloatColumn;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where the values of one feature lie in a list, so that they can be permuted, all values of an
 * item together.
 *
 * @param name of the feature
 * @param side whose feature it is, and how it is kept
 * @param first its first column among the dense ones; its number among the others
 * @param width number of its dense columns
 */
record FeaturePlace(String name, Side side, int first, int width) {

  /** Whose feature it is, and how it is kept. */
  enum Side {
    ITEM_DENSE,
    ITEM_COLUMN,
    QUERY_DENSE,
    QUERY_COLUMN;

    boolean isOfItems() {
      return this == ITEM_DENSE || this == ITEM_COLUMN;
    }
  }

  /** All features of a layout: those of items, then those of the query. */
  static List<FeaturePlace> of(ListLayout layout) {
    List<FeaturePlace> places = new ArrayList<>();
    addDense(places, Side.ITEM_DENSE, layout.exampleDense());
    addColumns(places, Side.ITEM_COLUMN, layout.exampleColumns());
    addDense(places, Side.QUERY_DENSE, layout.contextDense());
    addColumns(places, Side.QUERY_COLUMN, layout.contextColumns());
    return places;
  }

  private static void addDense(List<FeaturePlace> places, Side side, List<DenseColumns> dense) {
    for (DenseColumns columns : dense) {
      places.add(new FeaturePlace(columns.name(), side, columns.offset(), columns.width()));
    }
  }

  private static void addColumns(List<FeaturePlace> places, Side side, List<ColumnLayout> columns) {
    for (int k = 0; k < columns.size(); k++) {
      places.add(new FeaturePlace(columns.get(k).name(), side, k, 1));
    }
  }

  /** Whether all items of the list have the same values. */
  boolean isConstantIn(RankingList list) {
    ValueColumn column = column(list);
    for (int row = 1; row < column.rows(); row++) {
      if (!sameRow(column, row, column)) {
        return false;
      }
    }
    return true;
  }

  /** The values of each item, or of the query. */
  ValueColumn column(RankingList list) {
    return switch (side) {
      case ITEM_DENSE -> dense(list.examples(), list.layout().exampleWidth(), list.size());
      case ITEM_COLUMN -> list.exampleColumns().get(first);
      case QUERY_DENSE -> dense(list.context(), list.layout().contextWidth(), 1);
      case QUERY_COLUMN -> list.contextColumns().get(first);
    };
  }

  /** What an item that is padding holds, which is the feature's default; one row. */
  ValueColumn padding(ListLayout layout) {
    return switch (side) {
      case ITEM_DENSE -> padding(layout.exampleDense());
      case ITEM_COLUMN -> layout.exampleColumns().get(first).padding();
      case QUERY_DENSE -> padding(layout.contextDense());
      case QUERY_COLUMN -> layout.contextColumns().get(first).padding();
    };
  }

  /** The list with the values of its items among its items. */
  RankingList shuffled(RankingList list, SplittableRandom random) {
    int[] order = order(list.size(), random);
    return side == Side.ITEM_DENSE
        ? withExamples(list, list, order)
        : withExampleColumn(list, list.exampleColumns().get(first).select(order));
  }

  /**
   * The list with another list's values, which are the same at all items there.
   *
   * @param donor with at least one item
   */
  RankingList taking(RankingList list, RankingList donor) {
    return switch (side) {
      case ITEM_DENSE -> withExamples(list, donor, new int[list.size()]);
      case ITEM_COLUMN ->
          withExampleColumn(list, donor.exampleColumns().get(first).select(new int[list.size()]));
      case QUERY_DENSE -> {
        float[] context = list.context().clone();
        System.arraycopy(donor.context(), first, context, first, width);
        yield with(list, context, list.examples(), list.contextColumns(), list.exampleColumns());
      }
      case QUERY_COLUMN ->
          with(
              list,
              list.context(),
              list.examples(),
              replaced(list.contextColumns(), donor.contextColumns().get(first)),
              list.exampleColumns());
    };
  }

  /** Every order equally likely (Fisher and Yates). */
  static int[] order(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private RankingList withExamples(RankingList list, RankingList from, int[] rows) {
    int all = list.layout().exampleWidth();
    float[] examples = list.examples().clone();
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(from.examples(), rows[i] * all + first, examples, i * all + first, width);
    }
    return with(list, list.context(), examples, list.contextColumns(), list.exampleColumns());
  }

  private RankingList withExampleColumn(RankingList list, ValueColumn column) {
    return with(
        list,
        list.context(),
        list.examples(),
        list.contextColumns(),
        replaced(list.exampleColumns(), column));
  }

  private List<ValueColumn> replaced(List<ValueColumn> columns, ValueColumn column) {
    List<ValueColumn> others = new ArrayList<>(columns);
    others.set(first, column);
    return others;
  }

  private static RankingList with(
      RankingList list,
      float[] context,
      float[] examples,
      List<ValueColumn> contextColumns,
      List<ValueColumn> exampleColumns) {
    return new RankingList(
        list.layout(),
        list.size(),
        list.originalSize(),
        context,
        examples,
        list.labels(),
        list.weights(),
        contextColumns,
        exampleColumns);
  }

  private FloatColumn dense(float[] block, int all, int rows) {
    float[] values = new float[rows * width];
    int[] offsets = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(block, row * all + first, values, row * width, width);
      offsets[row + 1] = (row + 1) * width;
    }
    return new FloatColumn(values, offsets);
  }

  private FloatColumn padding(List<DenseColumns> dense) {
    float[] values = new float[width];
    for (DenseColumns columns : dense) {
      if (columns.offset() == first) {
        for (int k = 0; k < width; k++) {
          values[k] = columns.padding().get(k);
        }
      }
    }
    return new FloatColumn(values, new int[] {0, width});
  }

  /** Whether a row holds what the first row of a column of the same type does. */
  static boolean sameRow(ValueColumn column, int row, ValueColumn other) {
    int from = column.start(row);
    int to = column.end(row);
    int end = other.end(0);
    if (to - from != end) {
      return false;
    }
    if (column instanceof LongColumn longs && other instanceof LongColumn others) {
      return Arrays.equals(longs.values(), from, to, others.values(), 0, end);
    }
    if (column instanceof FloatColumn floats && other instanceof FloatColumn others) {
      return Arrays.equals(floats.values(), from, to, others.values(), 0, end);
    }
    if (column instanceof BytesColumn texts && other instanceof BytesColumn others) {
      for (int v = 0; v < end; v++) {
        if (!Arrays.equals(texts.value(from + v), others.value(v))) {
          return false;
        }
      }
      return true;
    }
    throw new IllegalArgumentException("both columns must be of one type");
  }
}
