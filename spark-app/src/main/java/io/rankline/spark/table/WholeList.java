package io.rankline.spark.table;

import io.rankline.data.WeightLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The items of a row that holds a list: the elements of its arrays that are no padding. */
final class WholeList implements ListArrays.Cells {

  private final Map<String, List<?>> arrays;
  private final int[] items;

  private WholeList(Map<String, List<?>> arrays, int[] items) {
    this.arrays = arrays;
    this.items = items;
  }

  /**
   * The items of a row.
   *
   * @throws CellFault for arrays of unlike lengths
   */
  static WholeList of(TableColumns columns, Row row) throws CellFault {
    List<TableColumn> ofItems = new ArrayList<>(columns.examples().values());
    ofItems.addAll(columns.labels());
    TableColumn weight = columns.weight();
    if (weight != null && columns.layout().weights() == WeightLayout.PER_ITEM) {
      ofItems.add(weight);
    }
    Map<String, List<?>> arrays = new HashMap<>();
    List<?> mask =
        columns.mask() == TableColumns.NONE || row.isNullAt(columns.mask())
            ? null
            : row.getList(columns.mask());
    int length = mask == null ? -1 : mask.size();
    for (TableColumn column : ofItems) {
      if (row.isNullAt(column.ordinal())) {
        continue;
      }
      List<?> array = row.getList(column.ordinal());
      if (length >= 0 && array.size() != length) {
        throw new CellFault(
            column, "holds %s items, and others of the row %s".formatted(array.size(), length));
      }
      length = array.size();
      arrays.put(column.name(), array);
    }
    int[] items =
        IntStream.range(0, Math.max(length, 0))
            .filter(i -> mask == null || Boolean.TRUE.equals(mask.get(i)))
            .toArray();
    return new WholeList(arrays, items);
  }

  /** Elements of the arrays of a row; 0 where all are null. */
  static int length(TableColumns columns, Row row) {
    if (columns.mask() != TableColumns.NONE && !row.isNullAt(columns.mask())) {
      return row.getList(columns.mask()).size();
    }
    return columns.examples().values().stream()
        .filter(column -> !row.isNullAt(column.ordinal()))
        .mapToInt(column -> row.getList(column.ordinal()).size())
        .findFirst()
        .orElse(0);
  }

  int size() {
    return items.length;
  }

  /** Their places in the arrays. */
  int[] items() {
    return items;
  }

  @Override
  public @Nullable Object at(TableColumn column, int item) {
    List<?> array = arrays.get(column.name());
    return array == null ? null : array.get(items[item]);
  }
}
