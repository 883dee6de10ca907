package io.rankline.spark.source.write;

import io.rankline.spark.source.schema.ColumnResolver;
import io.rankline.spark.source.schema.SourceColumn;
import io.rankline.spark.source.schema.SourceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.execution.datasources.DataSourceUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/**
 * One {@code df.write().format("elwc")}: checked, brought into order where rows are items, and
 * handed on to the file format with Spark's own save modes and commit protocol.
 */
public final class SourceWrite {

  /** Keeps the order of items while rows move; the position of the row in its old partition. */
  static final String ORDER = "__order_of_items__";

  /** The name of the folder of null values; as a value it is written to that folder too. */
  private static final String NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__";

  private static final String PATH = "path";

  /** Spark's option; a limit in rows would cut a query apart where rows are items. */
  private static final String ROWS_PER_FILE = "maxRecordsPerFile";

  private final String format;
  private final Dataset<Row> data;
  private final SaveMode mode;
  private final Map<String, String> options;
  private final Configuration configuration;
  private final SourceOptions parsed;
  private final List<String> partitionColumns;

  /**
   * A write.
   *
   * @param format class of the file format that writes rows which are in order
   * @param options Spark's and ours
   */
  public SourceWrite(
      String format,
      Dataset<Row> data,
      SaveMode mode,
      scala.collection.immutable.Map<String, String> options,
      Configuration configuration) {
    this.format = format;
    this.data = data;
    this.mode = mode;
    this.options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.options.putAll(SourceOptions.asGiven(options));
    this.configuration = configuration;
    this.parsed = SourceOptions.of(options);
    String encoded = this.options.remove(DataSourceUtils.PARTITIONING_COLUMNS_KEY());
    this.partitionColumns =
        encoded == null
            ? List.of()
            : JavaConverters.seqAsJavaList(DataSourceUtils.decodePartitioningColumns(encoded));
  }

  public void run() {
    String path = options.remove(PATH);
    if (path == null) {
      throw new IllegalArgumentException("a path to write to must be given, as in save(path)");
    }
    checkBeforeOldDataIsDeleted(new Path(path));
    Dataset<Row> rows = data;
    if (parsed.queryColumn() != null) {
      rows = grouped(parsed.queryColumn());
      options.put(SourceOptions.GROUPED, "true");
      options.put(ROWS_PER_FILE, "0");
    }
    DataFrameWriter<Row> writer = rows.write().format(format).options(options).mode(mode);
    if (!partitionColumns.isEmpty()) {
      writer = writer.partitionBy(partitionColumns.toArray(new String[0]));
    }
    writer.save(path);
  }

  /** The columns with the types in which they are read: an integer as bigint, a double as float. */
  public StructType schemaAsRead() {
    ColumnResolver resolver = ColumnResolver.of(parsed, configuration);
    return new StructType(
        Arrays.stream(data.schema().fields())
            .map(field -> isPartitionColumn(field.name()) ? field : asRead(field, resolver))
            .toArray(StructField[]::new));
  }

  private StructField asRead(StructField field, ColumnResolver resolver) {
    SourceColumn column = resolver.resolve(field, new ArrayList<>());
    return column == null
        ? field
        : new StructField(field.name(), column.type(parsed.form()), true, field.metadata());
  }

  /** With mode overwrite, Spark deletes what is there before it asks the format whether it can. */
  private void checkBeforeOldDataIsDeleted(Path target) {
    StructField[] written =
        Arrays.stream(data.schema().fields())
            .filter(field -> !isPartitionColumn(field.name()))
            .toArray(StructField[]::new);
    if (parsed.queryColumn() != null && isPartitionColumn(parsed.queryColumn())) {
      throw new IllegalArgumentException(
          "queryColumn '%s' cannot be a partition column too".formatted(parsed.queryColumn()));
    }
    WritePlan.of(new StructType(written), parsed, configuration);
    if (mode == SaveMode.Overwrite && !replacesPartitionsOnCommit()) {
      requireOutsideOfWhatIsRead(target);
    }
  }

  /** Whether old files stay until the new ones are complete. */
  private boolean replacesPartitionsOnCommit() {
    SQLConf session = data.sparkSession().sessionState().conf();
    String overwrite =
        options.getOrDefault(
            DataSourceUtils.PARTITION_OVERWRITE_MODE(),
            session.partitionOverwriteMode().toString());
    return !partitionColumns.isEmpty() && overwrite.equalsIgnoreCase("dynamic");
  }

  private void requireOutsideOfWhatIsRead(Path target) {
    try {
      String folder =
          target.getFileSystem(configuration).makeQualified(target).toUri().normalize() + "/";
      for (String file : data.inputFiles()) {
        // Both written alike: file:/a and file:///a are one path.
        String read = new Path(URI.create(file)).toUri().normalize().toString();
        if (read.startsWith(folder)) {
          throw new IllegalArgumentException(
              "'%s' cannot be overwritten while rows are read from it; write to another folder"
                  .formatted(target));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The rows of a query together and in their old order, queries in the order of their values. */
  private Dataset<Row> grouped(String queryColumn) {
    Dataset<Row> numbered = data;
    List<Column> order = new ArrayList<>();
    for (StructField field : data.schema().fields()) {
      if (isPartitionColumn(field.name())) {
        Column column = functions.col(quoted(field.name()));
        if (field.dataType().equals(DataTypes.StringType)) {
          // Spark would sort again, and not stably, by a partition column of text that can be null.
          numbered =
              numbered.withColumn(
                  field.name(), functions.coalesce(column, functions.lit(NULL_PARTITION)));
        }
      }
    }
    partitionColumns.forEach(name -> order.add(functions.col(quoted(name))));
    Column query = functions.col(quoted(queryColumn));
    order.add(query);
    order.add(functions.col(ORDER));
    return numbered
        .withColumn(ORDER, functions.monotonically_increasing_id())
        .repartition(query)
        .sortWithinPartitions(order.toArray(new Column[0]));
  }

  private boolean isPartitionColumn(String name) {
    return partitionColumns.stream().anyMatch(name::equalsIgnoreCase);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
