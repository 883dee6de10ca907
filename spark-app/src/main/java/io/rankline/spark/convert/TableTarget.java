package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.record.RecordFormat;
import io.rankline.io.record.RecordWalker;
import io.rankline.spark.inspect.FilesProfile;
import io.rankline.spark.terminal.UsageException;
import io.rankline.text.ByteText;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Lists as rows, one an item: the query, other features of the context, features of the item. */
final class TableTarget implements Serializable {

  private static final long serialVersionUID = 1;

  /** Column that says which part a row is in; becomes a folder. */
  static final String PART = "__part__";

  /** An empty cell is none, and a row is one line. */
  private static final Pattern NO_CELL = Pattern.compile("\\A\\z|[\n\r]");

  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> columns = new HashMap<>();
  private final List<Boolean> arrays = new ArrayList<>();
  private final List<StructField> fields = new ArrayList<>();
  private final Set<String> folded = new HashSet<>();
  private final boolean lines;
  private final Naming naming;

  /**
   * A table of the features that a data set has.
   *
   * @throws UsageException for features that no column can hold, all at once
   */
  TableTarget(FeatureCensus census, DataFormat format, Naming naming) {
    this.naming = naming;
    this.lines = format == DataFormat.CSV;
    List<String> problems = new ArrayList<>();
    SortedMap<String, FeatureCensus.Entry> context = sorted(census.context());
    FeatureCensus.Entry query = context.remove(naming.query());
    if (query != null) {
      addColumn(naming.query(), query, format, problems);
    }
    context.forEach((name, entry) -> addColumn(name, entry, format, problems));
    sorted(census.examples())
        .forEach(
            (name, entry) -> {
              if (columns.containsKey(name)) {
                problems.add(
                    "'%s' is a feature of the context and of items; a table has one column of a name"
                        .formatted(name));
              } else {
                addColumn(name, entry, format, problems);
              }
            });
    if (!problems.isEmpty()) {
      throw new UsageException(String.join("; ", problems));
    }
  }

  private void addColumn(
      String name, FeatureCensus.Entry entry, DataFormat format, List<String> problems) {
    DType dtype = entry.dtype();
    if (name.isEmpty() || name.equals(PART) || name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
      problems.add("'%s' is no name of a column; --drop-columns leaves it out".formatted(name));
    }
    if (!folded.add(name.toLowerCase(Locale.ROOT))) {
      problems.add(
          "'%s' differs from the name of another feature by upper and lower case alone, which is one"
                  .formatted(name)
              + " column to Spark");
    }
    if (dtype == null) {
      problems.add("'%s' has values of several types; --spec says which to keep".formatted(name));
      return;
    }
    boolean array = entry.most() > 1;
    if (array && format == DataFormat.CSV) {
      problems.add(
          "'%s' has up to %s values, and csv has no lists; convert to parquet"
              .formatted(name, entry.most()));
    }
    DataType value =
        switch (dtype) {
          case FLOAT32 -> DataTypes.FloatType;
          case INT64 -> DataTypes.LongType;
          case STRING -> DataTypes.StringType;
        };
    columns.put(name, names.size());
    names.add(name);
    arrays.add(array);
    fields.add(
        DataTypes.createStructField(
            name, array ? DataTypes.createArrayType(value, false) : value, true));
  }

  /** The columns, the part last. */
  StructType schema() {
    List<StructField> all = new ArrayList<>(fields);
    all.add(DataTypes.createStructField(PART, DataTypes.StringType, false));
    return DataTypes.createStructType(all);
  }

  /** The rows, in the order of lists and items. */
  JavaRDD<Row> rows(
      JavaPairRDD<ItemKey, byte[]> lists,
      Splits splits,
      int shards,
      Rejects rejects,
      LongAccumulator written) {
    return lists.mapPartitions(
        records -> {
          String part = splits.names().get(TaskContext.getPartitionId() / shards);
          return new RowReading(records, part, rejects, written);
        });
  }

  private static SortedMap<String, FeatureCensus.Entry> sorted(
      Map<String, FeatureCensus.Entry> features) {
    SortedMap<String, FeatureCensus.Entry> sorted = new TreeMap<>(FilesProfile.BY_NAME_AND_NUMBER);
    sorted.putAll(features);
    return sorted;
  }

  private final class RowReading implements Iterator<Row> {
    private final Iterator<Tuple2<ItemKey, byte[]>> records;
    private final String part;
    private final Rejects rejects;
    private final LongAccumulator written;
    private final RecordWalker walker = new RecordWalker(RecordFormat.ELWC);
    private Iterator<Row> current = List.<Row>of().iterator();

    RowReading(
        Iterator<Tuple2<ItemKey, byte[]>> records,
        String part,
        Rejects rejects,
        LongAccumulator written) {
      this.records = records;
      this.part = part;
      this.rejects = rejects;
      this.written = written;
    }

    @Override
    public boolean hasNext() {
      while (!current.hasNext() && records.hasNext()) {
        try {
          current = read(records.next());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return current.hasNext();
    }

    @Override
    public Row next() {
      return current.next();
    }

    private Iterator<Row> read(Tuple2<ItemKey, byte[]> list) throws IOException {
      Rows rows = new Rows(part);
      try {
        walker.walk(list._2, 0, list._2.length, rows);
        rows.requireQuery();
      } catch (CorruptRecordException fault) {
        rejects.reject(ShardWriter.place(list._1), fault);
        return List.<Row>of().iterator();
      }
      written.add(1);
      return rows.finished();
    }
  }

  /** The rows of one list. */
  private final class Rows implements RecordWalker.Visitor {
    private final Object[] context = new Object[names.size() + 1];
    private final List<Object[]> items = new ArrayList<>();
    private boolean query;

    Rows(String part) {
      context[names.size()] = part;
    }

    @Override
    public void startList(int size) {
      for (int i = 0; i < size; i++) {
        items.add(new Object[names.size()]);
      }
    }

    @Override
    public void feature(int item, String name, FeatureValues values) throws CorruptRecordException {
      Integer column = columns.get(name);
      if (column == null) {
        return;
      }
      boolean ofContext = item == RecordWalker.CONTEXT;
      query |= ofContext && name.equals(naming.query()) && values.count() == 1;
      (ofContext ? context : items.get(item))[column] = cell(name, values, column);
    }

    void requireQuery() throws CorruptRecordException {
      if (!query) {
        throw FlatTargets.noQuery(naming);
      }
      FlatTargets.requireItems(items.size());
    }

    Iterator<Row> finished() {
      List<Row> rows = new ArrayList<>();
      for (Object[] item : items) {
        Object[] row = context.clone();
        for (int c = 0; c < item.length; c++) {
          row[c] = item[c] == null ? context[c] : item[c];
        }
        rows.add(RowFactory.create(row));
      }
      return rows.iterator();
    }

    private @Nullable Object cell(String name, FeatureValues values, int column)
        throws CorruptRecordException {
      boolean array = arrays.get(column);
      FlatTargets.requireFinite(name, values);
      if (values.dtype() == null || (!array && values.count() == 0)) {
        return null;
      }
      Object[] cells = new Object[values.count()];
      switch (values.dtype()) {
        case FLOAT32 -> Arrays.setAll(cells, v -> values.floats()[v]);
        case INT64 -> Arrays.setAll(cells, v -> values.longs()[v]);
        case STRING -> {
          List<byte[]> strings = values.strings();
          Arrays.setAll(cells, v -> ByteText.orNull(strings.get(v)));
          if (Arrays.asList(cells).contains(null)) {
            throw new CorruptRecordException(
                "feature '%s' holds bytes that are no UTF-8 text, which a column of text cannot hold"
                    .formatted(name),
                name,
                null);
          }
          if (lines && Stream.of(cells).anyMatch(cell -> NO_CELL.matcher((String) cell).find())) {
            throw new CorruptRecordException(
                "feature '%s' is an empty text, or has a line break, which cells of csv cannot hold;"
                        .formatted(name)
                    + " parquet can",
                name,
                null);
          }
        }
      }
      return array ? cells : cells[0];
    }
  }
}
