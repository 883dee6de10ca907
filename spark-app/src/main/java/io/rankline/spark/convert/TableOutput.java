package io.rankline.spark.convert;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.jspecify.annotations.Nullable;

/** Writes tables as files of CSV, with a header, or Parquet. */
public final class TableOutput {

  private TableOutput() {}

  /**
   * Writes a file a partition.
   *
   * @param format CSV or PARQUET
   * @param folder an empty one
   * @param part the column that becomes folders, or null for none
   * @param compression Spark's name of it, or null for the format's own
   */
  public static void write(
      Dataset<Row> table,
      DataFormat format,
      Path folder,
      @Nullable String part,
      @Nullable String compression)
      throws IOException {
    DataFrameWriter<Row> writer = table.write().mode(SaveMode.Overwrite);
    if (part != null) {
      writer = writer.partitionBy(part);
    }
    if (compression != null) {
      writer = writer.option("compression", compression);
    }
    if (format == DataFormat.CSV) {
      writer
          .option("header", true)
          .option("escape", "\"") // as everybody but Spark does
          .option("ignoreLeadingWhiteSpace", false)
          .option("ignoreTrailingWhiteSpace", false)
          .csv(folder.toString());
    } else {
      writer.parquet(folder.toString());
    }
    // The folder is named when it is whole, which says the same.
    folder
        .getFileSystem(table.sparkSession().sessionState().newHadoopConf())
        .delete(new Path(folder, "_SUCCESS"), false);
  }
}
