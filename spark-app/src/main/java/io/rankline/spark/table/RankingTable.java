package io.rankline.spark.table;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.spark.source.schema.RowForm;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a table are to ranking lists. Each feature, label and weight of a spec has
 * the name of its column; further columns do not matter. Cells are numbers, text, arrays of them,
 * or Spark ML's vectors; a null cell is what the feature has for a default. Travels to executors.
 */
public final class RankingTable implements Serializable {

  private static final long serialVersionUID = 1;

  private final RecordSpec spec;
  private final StructType schema;
  private final RowForm form;
  private final @Nullable String group;
  private final TableColumns columns;

  private RankingTable(RecordSpec spec, StructType schema, RowForm form, @Nullable String group) {
    this.spec = spec;
    this.schema = schema;
    this.form = form;
    this.group = group;
    this.columns = new TableSchema(schema, form).columns(spec, group);
  }

  /**
   * A table whose rows are items.
   *
   * @param spec what is read of it; without labels for data to be scored
   * @param group column that tells queries apart: text, an integer, or anything that is no
   *     fraction; null where lists are not made of it
   * @throws IllegalArgumentException for columns that are missing or of other types, one line each
   */
  public static RankingTable ofItems(StructType schema, RecordSpec spec, @Nullable String group) {
    return new RankingTable(spec, schema, RowForm.FLAT, group);
  }

  /**
   * A table whose rows are lists, as the {@code elwc} source gives them: columns of the context
   * hold a value, those of items an array with an element an item. Where there is a column {@code
   * __list_mask__}, elements that it leaves out are padding.
   *
   * @param group column that names queries; null for none
   * @throws IllegalArgumentException as {@link #ofItems}
   */
  public static RankingTable ofLists(StructType schema, RecordSpec spec, @Nullable String group) {
    return new RankingTable(spec, schema, RowForm.LIST, group);
  }

  /** The same of a table with other columns. */
  RankingTable of(StructType otherSchema) {
    return new RankingTable(spec, otherSchema, form, group);
  }

  /** The names of the columns that are read, in the order of the schema. */
  public List<String> columnsRead() {
    Set<String> read = new HashSet<>(spec.labelsAsFeatures().context().keySet());
    read.addAll(spec.labelsAsFeatures().examples().keySet());
    if (group != null) {
      read.add(group);
    }
    if (form == RowForm.LIST) {
      read.add(ListBatch.MASK_NAME);
    }
    return Stream.of(schema.fieldNames()).filter(read::contains).toList();
  }

  /** What is read: features, labels and weight. */
  public RecordSpec spec() {
    return spec;
  }

  /** What a row is. */
  public RowForm form() {
    return form;
  }

  /** The column that tells queries apart. */
  public @Nullable String group() {
    return group;
  }

  /**
   * The list of items, in the order of the rows.
   *
   * @param rows of the schema, of one query
   * @throws RowFaultException for the first cell that no list can hold, or rows whose context
   *     differs
   */
  public RankingList list(List<? extends Row> rows) throws RowFaultException {
    try {
      if (!columns.context().isEmpty() && rows.size() > 1) {
        requireSameContext(rows);
      }
      return new ListArrays(columns, rows.size())
          .read(
              (column, one) -> rows.get(0).get(column.ordinal()),
              (column, item) -> rows.get(item).get(column.ordinal()));
    } catch (CellFault fault) {
      throw fault(fault, rows.get(fault.item()));
    }
  }

  /**
   * The list that a row holds, in its order and without padding.
   *
   * @throws RowFaultException as {@link #list(List)}, and for columns of unlike lengths
   */
  public RankingList listOf(Row row) throws RowFaultException {
    try {
      WholeList items = WholeList.of(columns, row);
      return new ListArrays(columns, items.size())
          .read((column, one) -> row.get(column.ordinal()), items);
    } catch (CellFault fault) {
      throw fault(fault, row);
    }
  }

  /**
   * Positions of the items of a list, of this spec, in the order that follows from what they hold.
   */
  public int[] order(RankingList list) {
    return new ContentOrder(spec).order(list);
  }

  /** Which elements of the arrays of a row are items, in their order; not padding. */
  public int[] itemsOf(Row row) throws RowFaultException {
    try {
      return WholeList.of(columns, row).items();
    } catch (CellFault fault) {
      throw fault(fault, row);
    }
  }

  /** The number of elements of the arrays of a row, padding included. */
  public int positionsOf(Row row) {
    return WholeList.length(columns, row);
  }

  /**
   * The query of a row.
   *
   * @throws RowFaultException if its cell is null
   */
  public String requireQuery(Row row) throws RowFaultException {
    String query = query(row);
    if (query == null) {
      throw noQuery(row);
    }
    return query;
  }

  /** The query of a row; null where its cell is null or there is no such column. */
  public @Nullable String query(Row row) {
    Object cell = columns.group() == TableColumns.NONE ? null : row.get(columns.group());
    return cell == null ? null : CellReader.text(cell);
  }

  /** The fault of a row that has no query. */
  RowFaultException noQuery(Row row) {
    return fault(CellFault.noGroup(String.valueOf(group)), row);
  }

  private void requireSameContext(List<? extends Row> rows) throws CellFault {
    for (TableColumn column : columns.context().values()) {
      Object first = rows.get(0).get(column.ordinal());
      for (int item = 1; item < rows.size(); item++) {
        Object other = rows.get(item).get(column.ordinal());
        if (!Objects.deepEquals(first, other)) {
          throw new CellFault(
                  column,
                  "is of the context, but differs among the rows of the query: %s and %s"
                      .formatted(RowText.cell(first), RowText.cell(other)))
              .of(item);
        }
      }
    }
  }

  private RowFaultException fault(CellFault fault, Row row) {
    return new RowFaultException(RowText.fault(query(row), fault, schema, row), fault.item());
  }

  /** A row for a message: the first of its cells with their names. */
  public String text(Row row) {
    return RowText.of(schema, row);
  }
}
