package io.rankline.spark.table;

import io.rankline.data.RankingList;
import io.rankline.io.Compression;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.spark.storage.ShardNames;
import io.rankline.spark.storage.TaskFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table as ELWC files: what trainings read, on the driver and on executors. */
public final class TableFiles {

  private static final Logger LOG = LoggerFactory.getLogger(TableFiles.class);

  /** Enough to see what is wrong. */
  private static final int MOST_TOLD = 10;

  /**
   * What was written.
   *
   * @param lists their number
   * @param items of all lists
   * @param faultyRows rows that were left out, where the policy says so
   */
  public record Written(long lists, long items, long faultyRows) {}

  /** What a task has to say. */
  private record Part(long lists, long items, long faultyRows, ArrayList<String> faults)
      implements Serializable {}

  private TableFiles() {}

  /**
   * Writes the lists of a table, in the order of {@link TableLists}: file after file, as the names
   * sort.
   *
   * @param data of the schema that {@code table} was made for
   * @param folder on storage that executors reach, which need not exist
   * @param files to be written, 1 or more
   * @param policy whether rows that no list can hold are left out and logged, or fail the job after
   *     all were looked at
   * @throws IOException with column, query and row of the first faults; or if files cannot be
   *     written
   */
  public static Written write(
      Dataset<Row> data, RankingTable table, String folder, int files, CorruptRecordPolicy policy)
      throws IOException {
    TableLists lists = TableLists.of(data, table, files);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext());
    Broadcast<SerializableConfiguration> configuration =
        spark.broadcast(
            new SerializableConfiguration(data.sparkSession().sessionState().newHadoopConf()));
    RankingTable read = lists.table();
    int key = lists.keyColumn();
    List<Part> parts;
    spark.setJobDescription("lists of a table into files");
    try {
      parts =
          lists
              .rows()
              .mapPartitions(
                  rows -> List.of(write(rows, read, key, folder, files, configuration)).iterator())
              .collect();
    } finally {
      spark.setJobDescription(null);
      configuration.destroy();
    }
    List<String> faults = parts.stream().flatMap(part -> part.faults().stream()).toList();
    Written written =
        new Written(
            parts.stream().mapToLong(Part::lists).sum(),
            parts.stream().mapToLong(Part::items).sum(),
            parts.stream().mapToLong(Part::faultyRows).sum());
    tell(faults, written.faultyRows(), policy);
    return written;
  }

  private static void tell(List<String> faults, long faultyRows, CorruptRecordPolicy policy)
      throws IOException {
    if (faultyRows == 0) {
      return;
    }
    List<String> told = new ArrayList<>(faults.subList(0, Math.min(faults.size(), MOST_TOLD)));
    if (faultyRows > told.size()) {
      told.add("and %s more rows".formatted(faultyRows - told.size()));
    }
    if (policy == CorruptRecordPolicy.FAIL) {
      throw new IOException(String.join("\n", told));
    }
    told.forEach(fault -> LOG.warn("skipped: {}", fault));
    LOG.warn("{} rows of the table are skipped", faultyRows);
  }

  private static Part write(
      Iterator<Row> rows,
      RankingTable table,
      int key,
      String folder,
      int files,
      Broadcast<SerializableConfiguration> configuration)
      throws IOException {
    Writing writing = new Writing(table);
    TaskFile.write(
        configuration.value().value(),
        new Path(folder, ShardNames.record(TaskContext.getPartitionId(), files, Compression.NONE)),
        out -> writing.write(new ListedRows(rows, table, key, writing::leaveOut), out));
    return new Part(writing.lists, writing.items, writing.faultyRows, writing.faults);
  }

  /** One file on its way. */
  private static final class Writing {
    private final ElwcEncoder encoder;
    private final ArrayList<String> faults = new ArrayList<>();
    private long lists;
    private long items;
    private long faultyRows;

    Writing(RankingTable table) {
      this.encoder = new ElwcEncoder(table.spec());
    }

    void write(Iterator<RankingList> written, OutputStream out) throws IOException {
      TfRecordWriter records = new TfRecordWriter(out);
      while (written.hasNext()) {
        RankingList list = written.next();
        records.write(encoder.encode(list));
        lists++;
        items += list.size();
      }
      records.flush();
    }

    void leaveOut(RowFaultException fault) {
      faultyRows++;
      if (faults.size() < MOST_TOLD) {
        faults.add(String.valueOf(fault.getMessage()));
      }
    }
  }
}
