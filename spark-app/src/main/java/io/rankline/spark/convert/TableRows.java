package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ExampleWriter;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Turns rows of a table, whose last two columns say where they stood, into items. */
final class TableRows implements PairFlatMapFunction<Iterator<Row>, ItemKey, FlatItem> {

  private static final long serialVersionUID = 1;

  /**
   * One column.
   *
   * @param dtype type of the feature that is written
   * @param list whether cells are lists of values
   * @param ofContext whether it belongs to the query
   */
  record Column(String name, DType dtype, boolean list, boolean ofContext)
      implements Serializable {}

  private final ArrayList<Column> columns;
  private final Naming naming;
  private final Rejects rejects;

  TableRows(List<Column> columns, Naming naming, Rejects rejects) {
    this.columns = new ArrayList<>(columns);
    this.naming = naming;
    this.rejects = rejects;
  }

  @Override
  public Iterator<Tuple2<ItemKey, FlatItem>> call(Iterator<Row> rows) {
    return new Reading(rows);
  }

  private final class Reading implements Iterator<Tuple2<ItemKey, FlatItem>> {
    private final Iterator<Row> rows;
    private final ExampleWriter item = new ExampleWriter();
    private final ExampleWriter context = new ExampleWriter();
    private @Nullable Tuple2<ItemKey, FlatItem> next;
    private long index;

    Reading(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (next == null && rows.hasNext()) {
        try {
          next = read(rows.next());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return next != null;
    }

    @Override
    public Tuple2<ItemKey, FlatItem> next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      Tuple2<ItemKey, FlatItem> result = next;
      next = null;
      return result;
    }

    private @Nullable Tuple2<ItemKey, FlatItem> read(Row row) throws IOException {
      String file = row.getString(columns.size());
      item.clear();
      context.clear();
      try {
        String query = fill(row, item, context);
        byte[] shared = context.isEmpty() ? new byte[0] : context.toByteArray();
        return new Tuple2<>(
            new ItemKey(query, file, row.getLong(columns.size() + 1), index++),
            new FlatItem(item.toByteArray(), shared));
      } catch (CorruptRecordException fault) {
        rejects.reject(file, fault);
        return null;
      }
    }
  }

  /** Writes the features of a row and gives its query. */
  private String fill(Row row, ExampleWriter item, ExampleWriter context)
      throws CorruptRecordException {
    String query = null;
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      if (row.isNullAt(c)) {
        continue;
      }
      List<?> cells = column.list() ? row.getList(c) : List.of(row.get(c));
      if (column.name().equals(naming.query())) {
        query = text(cells.get(0));
      }
      write(column, cells, column.ofContext() ? context : item);
    }
    if (query == null) {
      throw new CorruptRecordException(
          "a row has no value in column '%s', its query".formatted(naming.query()));
    }
    return query;
  }

  private static void write(Column column, List<?> cells, ExampleWriter target)
      throws CorruptRecordException {
    int count = cells.size();
    switch (column.dtype()) {
      case FLOAT32 -> {
        float[] floats = new float[count];
        for (int v = 0; v < count; v++) {
          floats[v] = (float) number(column, cells.get(v));
        }
        target.floats(column.name(), floats, 0, count);
      }
      case INT64 -> {
        long[] longs = new long[count];
        for (int v = 0; v < count; v++) {
          longs[v] = integer(column, cells.get(v));
        }
        target.longs(column.name(), longs, 0, count);
      }
      case STRING -> {
        List<byte[]> strings = new ArrayList<>();
        for (Object cell : cells) {
          strings.add(
              cell instanceof byte[] bytes ? bytes : text(cell).getBytes(StandardCharsets.UTF_8));
        }
        target.strings(column.name(), strings);
      }
    }
  }

  private static double number(Column column, @Nullable Object cell) throws CorruptRecordException {
    double value = Double.NaN;
    if (cell instanceof Number number) {
      value = number.doubleValue();
    } else if (cell instanceof Boolean truth) {
      value = truth ? 1 : 0;
    }
    if (Double.isNaN(value)) {
      throw new CorruptRecordException(
          "column '%s' must hold numbers, or nothing where one is missing, got %s"
              .formatted(column.name(), cell));
    }
    return value;
  }

  private static long integer(Column column, @Nullable Object cell) throws CorruptRecordException {
    if (cell instanceof Long || cell instanceof Integer) {
      return ((Number) cell).longValue();
    }
    double value = number(column, cell);
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw new CorruptRecordException(
          "column '%s' must hold integers, got %s; --label-dtype or --spec makes it float32"
              .formatted(column.name(), cell));
    }
    return (long) value;
  }

  private static String text(Object cell) {
    return cell instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : cell + "";
  }
}
