package io.rankline.spark.convert;

import io.rankline.data.BytesColumn;
import io.rankline.data.FloatColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.ValueColumn;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ExampleWriter;
import io.rankline.spark.table.CellFault;
import io.rankline.spark.table.CellReader;
import io.rankline.spark.table.RowText;
import io.rankline.spark.table.TableColumn;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Turns rows of a table into items. Its last three columns are the text of a row that is malformed,
 * and where the row stood.
 */
final class TableRows implements PairFlatMapFunction<Iterator<Row>, ItemKey, FlatItem> {

  private static final long serialVersionUID = 1;

  /**
   * One column.
   *
   * @param cells what they hold
   * @param ofContext whether it belongs to the query
   */
  record Column(TableColumn cells, boolean ofContext) implements Serializable {}

  private final StructType schema;
  private final ArrayList<Column> columns;
  private final String query;
  private final int queryOrdinal;
  private final Rejects rejects;
  private final @Nullable CsvLines lines;

  /**
   * A reading.
   *
   * @param schema of the columns
   * @param query the column that tells queries apart
   * @param lines finds the line of a row; null where rows are no lines
   */
  TableRows(
      StructType schema,
      List<Column> columns,
      String query,
      Rejects rejects,
      @Nullable CsvLines lines) {
    this.lines = lines;
    this.schema = schema;
    this.columns = new ArrayList<>(columns);
    this.query = query;
    this.queryOrdinal = schema.fieldIndex(query);
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
    private String lastFile = "";
    private long lastBlock;
    private long rowOfBlock = -1;

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
      rejects.see();
      String malformed = row.getString(columns.size());
      String file = row.getString(columns.size() + 1);
      long block = row.getLong(columns.size() + 2);
      rowOfBlock = file.equals(lastFile) && block == lastBlock ? rowOfBlock + 1 : 0;
      lastFile = file;
      lastBlock = block;
      if (malformed != null) {
        rejects.reject(place(file, block), new CorruptRecordException(noRow(malformed)));
        return null;
      }
      Object cell = row.get(queryOrdinal);
      String text = cell == null ? null : CellReader.nameOf(cell);
      item.clear();
      context.clear();
      try {
        if (text == null) {
          throw CellFault.noGroup(query);
        }
        fill(row, item, context);
        byte[] shared = context.isEmpty() ? new byte[0] : context.toByteArray();
        return new Tuple2<>(
            new ItemKey(text, file, block, index++), new FlatItem(item.toByteArray(), shared));
      } catch (CellFault fault) {
        rejects.reject(
            place(file, block),
            new CorruptRecordException(RowText.fault(text, fault, schema, row)));
        return null;
      }
    }

    private String place(String file, long block) {
      OptionalLong line =
          lines != null && rejects.isTold()
              ? lines.find(file, block, rowOfBlock)
              : OptionalLong.empty();
      return line.isPresent() ? "%s: line %s".formatted(file, line.getAsLong()) : file;
    }
  }

  private String noRow(String text) {
    boolean open = text.chars().filter(c -> c == '"').count() % 2 == 1;
    return "the row does not fit the header and its columns%s: '%s'"
        .formatted(open ? ", and its quotes do not end" : "", RowText.shortened(text));
  }

  /** Writes the features of a row. */
  private void fill(Row row, ExampleWriter item, ExampleWriter context) throws CellFault {
    for (Column column : columns) {
      Object cell = row.get(column.cells().ordinal());
      if (cell != null) {
        write(
            column.cells().name(),
            CellReader.values(column.cells(), cell),
            column.ofContext() ? context : item);
      }
    }
  }

  private static void write(String name, ValueColumn values, ExampleWriter target) {
    int count = values.count(0);
    if (values instanceof FloatColumn floats) {
      target.floats(name, floats.values(), 0, count);
    } else if (values instanceof LongColumn longs) {
      target.longs(name, longs.values(), 0, count);
    } else {
      BytesColumn strings = (BytesColumn) values;
      target.strings(name, IntStream.range(0, count).mapToObj(strings::value).toList());
    }
  }
}
