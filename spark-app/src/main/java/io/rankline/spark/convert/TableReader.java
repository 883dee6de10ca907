package io.rankline.spark.convert;

import io.rankline.io.RecordFiles;
import io.rankline.spark.table.NamedColumn;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Opens a table with Spark's source of its name. */
final class TableReader {

  private final SparkSession session;
  private final DataInput input;

  TableReader(SparkSession session, DataInput input) {
    this.session = session;
    this.input = input;
  }

  /**
   * The table, without the columns that are dropped. CSV has {@link CsvReader#MALFORMED} beside
   * them.
   *
   * @param files its files, where it has some
   * @param text columns of CSV that are text whatever they look like
   * @param query the column that tells queries apart
   * @param timesAsText whether times of CSV stay the text that they are
   */
  Dataset<Row> read(List<String> files, Set<String> text, String query, boolean timesAsText) {
    Dataset<Row> whole = whole(files, text, query, timesAsText);
    for (String name : input.dropped()) {
      if (!NamedColumn.isIn(whole.schema(), name)) {
        throw new UsageException(
            "--drop-columns: "
                + NamedColumn.missing(whole.drop(CsvReader.MALFORMED).schema(), name, ""));
      }
    }
    return whole.drop(input.dropped().toArray(new String[0]));
  }

  private Dataset<Row> whole(
      List<String> files, Set<String> text, String query, boolean timesAsText) {
    if (input.source().equals(DataInput.CATALOG)) {
      return session.table(input.location());
    }
    DataFrameReader reader = session.read().format(input.source());
    if (input.source().equals(DataInput.JDBC)) {
      return jdbc(reader);
    }
    String[] paths = files.toArray(new String[0]);
    reader = withPartitions(reader);
    RecordFiles storage = new RecordFiles(session.sessionState().newHadoopConf());
    if (input.format() == DataFormat.CSV) {
      return new CsvReader(storage, input, paths).read(reader, text, query, timesAsText);
    }
    FileChecks.require(paths, path -> storage.noTable(path, input.source()));
    reader = reader.options(input.options());
    try {
      return reader.load(paths);
    } catch (Exception e) {
      // Scala throws what it does not declare.
      String said = String.valueOf(e.getMessage());
      if (said.contains("DATA_SOURCE_NOT_FOUND") || said.contains("Failed to find data source")) {
        throw unknown();
      }
      throw e;
    }
  }

  private UsageException unknown() {
    return new UsageException(
        "unknown format '%s'; expected one of libsvm, elwc, eie, seq, tfexample, csv, parquet, table,"
                .formatted(input.source())
            + " or a data source on Spark's class path; spark-submit's --packages puts one there,"
            + " as"
            + " org.apache.spark:spark-avro_2.12:%s for avro".formatted(session.version()));
  }

  private Dataset<Row> jdbc(DataFrameReader reader) {
    if (input.options().keySet().stream().noneMatch(TableReader::namesTable)) {
      throw new UsageException(
          "%s: the option dbtable, or query, must say what to read, as --data-option dbtable=items or"
                  .formatted(input)
              + " input_options { dbtable = items }");
    }
    try {
      return reader.option("url", input.location()).options(input.options()).load();
    } catch (Exception e) {
      if (String.valueOf(e.getMessage()).contains("No suitable driver")) {
        throw new UsageException(
            "%s: there is no driver for it on the class path; spark-submit's --jars, or --packages, puts"
                    .formatted(input)
                + " one there");
      }
      throw e;
    }
  }

  private static boolean namesTable(String option) {
    return option.equalsIgnoreCase("dbtable") || option.equalsIgnoreCase("query");
  }

  /** Folders such as {@code day=2026-11-29} below the one that is named become columns. */
  private DataFrameReader withPartitions(DataFrameReader reader) {
    try {
      Path path = new Path(input.location());
      FileSystem storage = path.getFileSystem(session.sessionState().newHadoopConf());
      return storage.exists(path) && storage.getFileStatus(path).isDirectory()
          ? reader.option("basePath", path.toString())
          : reader;
    } catch (IOException | IllegalArgumentException e) {
      // Several paths, or a pattern: no one folder to begin at.
      return reader;
    }
  }
}
