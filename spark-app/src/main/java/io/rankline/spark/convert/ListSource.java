package io.rankline.spark.convert;

import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.CorruptShare;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import io.rankline.io.libsvm.QueryCounts;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * The lists of a data set of any format, as ELWC records, on executors. Where a row is an item, the
 * items of a query are brought together wherever they stand, in the order of files and rows.
 */
public final class ListSource {

  private static final Logger LOG = LoggerFactory.getLogger(ListSource.class);

  /** Items read without a given number of files: about so many bytes of input each. */
  private static final long BYTES_A_SHARD = 128L << 20;

  private final JavaSparkContext spark;
  private final DataInput input;
  private final Naming naming;
  private final Rejects rejects;
  private final JoinedQueries joined;
  private final SerializableConfiguration configuration;
  private final List<FileStatus> files;
  private final @Nullable TableSource table;

  /** By file, the number of its first query where those are counted. */
  private final List<Long> firstQueries;

  /** The feature of what LibSVM lines have as comment, or null. */
  private final @Nullable String comment;

  private ListSource(
      SparkSession session,
      DataInput input,
      Naming naming,
      @Nullable RecordSpec columns,
      @Nullable String comment,
      CorruptRecordPolicy policy,
      boolean readableOnly)
      throws IOException {
    Configuration hadoop = session.sessionState().newHadoopConf();
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.input = input;
    this.naming = naming;
    this.comment = comment;
    this.rejects = new Rejects(session.sparkContext(), policy);
    this.joined = new JoinedQueries(session.sparkContext());
    this.configuration = new SerializableConfiguration(hadoop);
    this.files =
        input.isFiles() ? new RecordFiles(hadoop).list(input.location()) : List.<FileStatus>of();
    this.firstQueries =
        input.format() == DataFormat.LIBSVM ? firstQueries(hadoop) : List.<Long>of();
    this.table =
        input.format().isTable()
            ? TableSource.open(session, input, paths(), naming, columns, readableOnly)
            : null;
  }

  /**
   * A data set.
   *
   * @param columns the columns of a table to read and their types, or null for all as they are
   * @param policy what an item or record does that cannot be read
   * @throws IOException if there is none
   * @throws UsageException for a table without a column that is named, or with one that no feature
   *     can hold
   */
  public static ListSource open(
      SparkSession session,
      DataInput input,
      Naming naming,
      @Nullable RecordSpec columns,
      CorruptRecordPolicy policy)
      throws IOException {
    return new ListSource(session, input, naming, columns, null, policy, false);
  }

  /** The same with the comments of LibSVM lines as a feature of that name. */
  public static ListSource withComments(
      SparkSession session,
      DataInput input,
      Naming naming,
      @Nullable RecordSpec columns,
      String comment,
      CorruptRecordPolicy policy)
      throws IOException {
    return new ListSource(session, input, naming, columns, comment, policy, false);
  }

  /** All of a table but the columns that no feature can hold, see {@link #unread}. */
  public static ListSource ofReadable(
      SparkSession session, DataInput input, Naming naming, CorruptRecordPolicy policy)
      throws IOException {
    return new ListSource(session, input, naming, null, null, policy, true);
  }

  /** The columns of a table, in their order; none of what is no table. */
  public static List<String> columns(SparkSession session, DataInput input) throws IOException {
    if (!input.format().isTable()) {
      return List.of();
    }
    List<String> files =
        input.isFiles()
            ? new RecordFiles(session.sessionState().newHadoopConf())
                .list(input.location()).stream().map(file -> file.getPath().toString()).toList()
            : List.of();
    return List.of(
        new TableReader(session, input)
            .read(files, Set.of(), "", false)
            .drop(CsvReader.MALFORMED)
            .columns());
  }

  /** The columns of a table that are left out, with their types. */
  public SortedMap<String, String> unread() {
    return table == null ? new TreeMap<>() : table.unread();
  }

  /**
   * The lists, each with its query.
   *
   * @param shards partitions to deal them to; 0 for one a file of records, and a number that fits
   *     the size of other data
   */
  public JavaPairRDD<String, byte[]> lists(int shards) {
    boolean asTheyAre = input.format().holdsLists() && shards == 0;
    int partitions = shards > 0 ? shards : shardCount();
    return keyed(asTheyAre ? null : new ShardPartitioner(Splits.none(1), partitions), null)
        .mapToPair(list -> new Tuple2<>(list._1.query(), list._2));
  }

  /** Type of a column of a table; text for what is no table. */
  public DataType typeOf(String column) {
    return table == null ? DataTypes.StringType : table.typeOf(column);
  }

  /**
   * Ends the work, after its last job, where too much was skipped.
   *
   * @throws IOException with the share and one of the faults
   */
  public void requireEnough(CorruptShare share) throws IOException {
    rejects.require(share, input.toString(), bytes());
    if (rejects.skipped() > 0) {
      LOG.warn("'{}': {}", input, rejects.lost(bytes()));
    }
  }

  /**
   * Ends the work, after its last job, where a feature was to be left out that no record has.
   *
   * @throws UsageException naming it
   */
  void requireDropped() {
    if (!input.format().isTable()) {
      Set<String> unknown = new TreeSet<>(input.dropped());
      unknown.removeAll(rejects.leftOut());
      if (!unknown.isEmpty()) {
        throw new UsageException(
            "--drop-columns: no record of '%s' has a feature '%s'"
                .formatted(input, String.join("', '", unknown)));
      }
    }
  }

  /** The larger share of what was skipped, by bytes and by number, from 0 to 1. */
  public double lostShare() {
    return rejects.lostShare(bytes());
  }

  /** Number of items or records that were skipped. */
  public long skipped() {
    return rejects.skipped();
  }

  /** The first few of them, in words. */
  public List<String> faults() {
    return rejects.faults();
  }

  /** Bytes of the files. */
  public long bytes() {
    return files.stream().mapToLong(FileStatus::getLen).sum();
  }

  /** Forgets what was counted so far, where a job before the last one has read the same lists. */
  public void restartCounts() {
    rejects.restart();
    joined.restart();
  }

  /**
   * Says, after the last job, how many queries of LibSVM files were joined; the parts of a table
   * are one table, whose queries may well lie in several.
   */
  public void tellJoined() {
    if (input.format() == DataFormat.LIBSVM) {
      joined.sentence().ifPresent(sentence -> LOG.warn("'{}': {}", input.location(), sentence));
    }
  }

  Rejects rejects() {
    return rejects;
  }

  SerializableConfiguration configuration() {
    return configuration;
  }

  int fileCount() {
    return files.size();
  }

  /** Files to make where their number is not given. */
  int shardCount() {
    return table != null && files.isEmpty()
        ? table.partitions()
        : (int) Math.max(files.size(), Math.min(10_000, bytes() / BYTES_A_SHARD));
  }

  /**
   * The lists, dealt out by query.
   *
   * @param partitioner null for lists in the partitions of their files
   * @param spec what to keep of a list, or null for everything
   */
  JavaPairRDD<ItemKey, byte[]> keyed(
      @Nullable ShardPartitioner partitioner, @Nullable RecordSpec spec) {
    RecordSource records =
        new RecordSource(
            configuration, naming, input.format().isTable() ? Set.of() : input.dropped(), rejects);
    if (input.format().holdsLists()) {
      JavaPairRDD<ItemKey, byte[]> lists =
          records.lists(spark, paths(), input.format().requireRecords(), spec);
      return partitioner == null ? lists : lists.repartitionAndSortWithinPartitions(partitioner);
    }
    JavaPairRDD<ItemKey, FlatItem> items =
        switch (input.format()) {
          case LIBSVM -> records.libSvm(spark, paths(), input.layout(), firstQueries, comment);
          case TFEXAMPLE -> records.examples(spark, paths());
          case CSV, PARQUET, TABLE -> Objects.requireNonNull(table).items(rejects);
          case ELWC, EIE, SEQ -> throw new IllegalStateException(input.format() + " holds lists");
        };
    return ListGrouping.group(
        items,
        Objects.requireNonNull(partitioner),
        spec,
        naming,
        input.acrossFiles(),
        joined,
        rejects);
  }

  private List<Long> firstQueries(Configuration hadoop) throws IOException {
    input.layout().requireFor(input.location(), files.size());
    Storage storage = Storage.of(hadoop);
    List<Long> firsts = new ArrayList<>();
    long next = 1;
    for (String path : paths()) {
      firsts.add(next);
      QueryCounts counts = input.layout().counts(storage, path);
      next += counts == null ? 0 : counts.queries();
    }
    return firsts;
  }

  /** The files that are read; none of a table of another source. */
  public List<String> paths() {
    return files.stream().map(file -> file.getPath().toString()).toList();
  }
}
