package io.rankline.spark.source.read;

import io.rankline.data.ListLayout;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.spark.source.schema.RowForm;
import io.rankline.spark.source.schema.SourceColumn;
import io.rankline.spark.source.schema.SourceFeature;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeArrayWriter;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Writes lists, or their items, as Spark's own row format, with no row of objects between. Every
 * row lies in one buffer and is valid until the next, as Spark's operators expect.
 */
final class RowWriter {

  /** A first guess; the buffer grows to the largest row. */
  private static final int FIRST_BUFFER = 1 << 16;

  private final UnsafeRowWriter row;
  private final Cell[] cells;
  private final ListSize listSize;
  private UTF8String generatedQuery = UTF8String.EMPTY_UTF8;

  /**
   * A writer of rows with these columns.
   *
   * @param layout of the lists
   * @param listSize length that lists, which are no longer, are padded to
   */
  RowWriter(List<SourceColumn> columns, ListLayout layout, RowForm form, ListSize listSize) {
    this.row = new UnsafeRowWriter(columns.size(), FIRST_BUFFER);
    this.listSize = listSize;
    this.cells = new Cell[columns.size()];
    for (int c = 0; c < cells.length; c++) {
      cells[c] = cell(columns.get(c), layout, form, c);
    }
  }

  /** One row for the list. */
  UnsafeRow list(RankingList list) {
    return write(list, Cell.WHOLE_LIST, listSize.padded(list.size()));
  }

  /** One row for an item. */
  UnsafeRow item(RankingList list, int item) {
    return write(list, item, 1);
  }

  /** What items hold from here on in a column of generated query names. */
  void setGeneratedQuery(String name) {
    generatedQuery = UTF8String.fromString(name);
  }

  private UnsafeRow write(RankingList list, int item, int length) {
    row.reset();
    row.zeroOutNullBytes();
    for (Cell cell : cells) {
      cell.write(list, item, length);
    }
    return row.getRow();
  }

  private Cell cell(SourceColumn column, ListLayout layout, RowForm form, int ordinal) {
    return switch (column.role()) {
      case CONTEXT ->
          new Cell.OfQuery(
              new ValueWriter(
                  column.feature(), ValuePlace.of(column.feature(), false, layout), row),
              ordinal);
      case EXAMPLE -> exampleCell(column.feature(), layout, form, ordinal);
      case CONTEXT_FEATURES ->
          new Cell.Assembled(new AssembledWriter(column.features(), false, layout, row), ordinal);
      case FEATURES -> assembledCell(column.features(), layout, form, ordinal);
      case MASK -> new Cell.Mask(row, new UnsafeArrayWriter(row, 1), ordinal);
      case SIZE -> new Cell.Size(row, ordinal);
      case GENERATED_QUERY -> (list, item, length) -> row.write(ordinal, generatedQuery);
    };
  }

  private Cell exampleCell(SourceFeature feature, ListLayout layout, RowForm form, int ordinal) {
    ValuePlace place = ValuePlace.of(feature, true, layout);
    if (form == RowForm.FLAT) {
      return new Cell.OfItem(new ValueWriter(feature, place, row), ordinal);
    }
    if (feature.isDense() && !feature.isWide()) {
      return new Cell.FloatOfItems(row, new UnsafeArrayWriter(row, Float.BYTES), place, ordinal);
    }
    UnsafeArrayWriter array = new UnsafeArrayWriter(row, Long.BYTES);
    return new Cell.OfItems(row, array, new ValueWriter(feature, place, array), ordinal);
  }

  private Cell assembledCell(
      List<SourceFeature> features, ListLayout layout, RowForm form, int ordinal) {
    if (form == RowForm.FLAT) {
      return new Cell.Assembled(new AssembledWriter(features, true, layout, row), ordinal);
    }
    UnsafeArrayWriter array = new UnsafeArrayWriter(row, Long.BYTES);
    return new Cell.AssembledOfItems(
        row, array, new AssembledWriter(features, true, layout, array), ordinal);
  }
}
