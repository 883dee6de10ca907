package io.rankline.spark.cli;

import com.typesafe.config.ConfigUtil;
import io.rankline.feature.DType;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.Storage;
import io.rankline.io.record.RecordFormat;
import io.rankline.spark.convert.DataFormat;
import io.rankline.spark.convert.DataInput;
import io.rankline.spark.convert.ListSource;
import io.rankline.spark.convert.Naming;
import io.rankline.spark.inspect.ColumnNames;
import io.rankline.spark.inspect.FileScan;
import io.rankline.spark.inspect.FilesProfile;
import io.rankline.spark.synthetic.SyntheticRecords;
import io.rankline.spark.terminal.SizeText;
import io.rankline.spark.terminal.UsageException;
import io.rankline.text.Secrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * What {@code inspect} has looked at.
 *
 * @param title a line that says what it is
 * @param sample some of the records
 * @param format of the records
 * @param unread columns that no feature can hold, with their types
 * @param items where rows or lines are items; null for files of records
 * @param foundQuery what tells queries apart, where that is known
 * @param scan the files of records; null for items
 */
record InspectedData(
    String title,
    FilesProfile profile,
    List<byte[]> sample,
    RecordFormat format,
    SortedMap<String, String> unread,
    @Nullable DataInput items,
    @Nullable String foundQuery,
    @Nullable FileScan scan) {

  private static final List<String> VALID = List.of("valid", "vali", "validation", "dev");

  /** Of fewer queries, a tenth says nothing and may be none. */
  private static final int ENOUGH_FOR_THREE = 200;

  /** Files of records, read by threads. */
  static InspectedData ofRecords(
      FileScan scan,
      @Nullable RecordFormat asked,
      CorruptRecordPolicy policy,
      int threads,
      int sample)
      throws Exception {
    long bytes = scan.files().stream().mapToLong(FileStatus::getLen).sum();
    RecordFormat format = asked == null ? scan.guessFormat() : asked;
    long started = System.nanoTime();
    FilesProfile profile = scan.profile(format, policy, threads);
    String title =
        "%s %s of %s, %s (%s)"
            .formatted(
                scan.files().size(),
                scan.files().size() == 1 ? "file" : "files",
                format.shortName(),
                SizeText.bytes(bytes),
                SizeText.megabytesPerSecond(bytes, System.nanoTime() - started));
    return new InspectedData(
        title,
        profile,
        sample == 0 ? List.of() : scan.sample(sample),
        format,
        new TreeMap<>(),
        null,
        null,
        scan);
  }

  /** A table or lines of LibSVM, read by Spark. */
  static InspectedData ofItems(
      DataInput input,
      @Nullable String queryColumn,
      @Nullable String label,
      CorruptRecordPolicy policy,
      int sample)
      throws IOException {
    try (LocalSession spark = LocalSession.open("rankline inspect")) {
      SparkSession session = spark.session();
      long started = System.nanoTime();
      List<String> columns = ListSource.columns(session, input);
      boolean libSvm = input.format() == DataFormat.LIBSVM;
      String query =
          queryColumn != null || libSvm ? queryColumn : ColumnNames.query(columns::contains);
      String named = label != null || libSvm ? label : ColumnNames.label(columns::contains);
      if (query == null && !libSvm) {
        throw new UsageException(
            "--query-column must name the column that tells queries apart, one of "
                + String.join(", ", columns));
      }
      Naming naming =
          new Naming(
              query == null ? SyntheticRecords.QID : query,
              named == null ? SyntheticRecords.LABEL : named,
              DType.FLOAT32,
              Set.of(),
              SyntheticRecords.FEATURE_PREFIX + "%d");
      ListSource source = ListSource.ofReadable(session, input, naming, policy);
      JavaPairRDD<String, byte[]> lists = source.lists(0);
      FilesProfile profile =
          lists
              .values()
              .mapPartitions(records -> List.of(FilesProfile.of(records)).iterator())
              .treeReduce(FilesProfile::plus)
              .withSkipped(source.skipped(), source.faults(), source.lostShare());
      source.tellJoined();
      List<byte[]> some = sample == 0 ? List.of() : lists.values().take(sample);
      spark.succeeded();
      String title =
          String.format(Locale.ROOT, "%s (%.1f s)", input, (System.nanoTime() - started) / 1e9);
      return new InspectedData(
          title,
          profile,
          new ArrayList<>(some),
          RecordFormat.ELWC,
          source.unread(),
          input,
          naming.query(),
          null);
    }
  }

  /** What tells queries apart: what was asked for, or what is usual. */
  String query(@Nullable String asked) {
    if (asked != null) {
      return asked;
    }
    if (foundQuery != null) {
      return foundQuery;
    }
    String usual = ColumnNames.query(name -> profile.context().containsKey(name));
    return usual == null ? SyntheticRecords.QID : usual;
  }

  /**
   * Lines of the section data that say where the data comes from: the files, where others to
   * validate with lie beside them; otherwise the files or the table, split by query.
   */
  List<String> input(String source, String query) throws IOException {
    if (scan != null) {
      String valid = validation(source);
      if (valid != null) {
        List<String> lines = new ArrayList<>();
        lines.add("train_input_pattern = " + ConfigUtil.quoteString(source));
        lines.add("valid_input_pattern = " + ConfigUtil.quoteString(valid));
        if (format != RecordFormat.ELWC) {
          lines.add("format = " + format.shortName());
        }
        return lines;
      }
    }
    List<String> lines = new ArrayList<>();
    String input = items == null ? format.shortName() + ":" + source : items.text();
    lines.add("train_input = " + ConfigUtil.quoteString(input));
    if (items != null && !items.options().isEmpty()) {
      List<String> options = new ArrayList<>();
      items
          .options()
          .forEach(
              (key, value) ->
                  options.add(ConfigUtil.quoteString(key) + " = " + drafted(key, value)));
      lines.add("input_options { %s }".formatted(String.join(", ", options)));
    }
    if (items != null && items.layout().zeroBased()) {
      lines.add("zero_based = true");
    }
    if (items != null && items.layout().queryFile() != null) {
      lines.add(
          "query_file = " + ConfigUtil.quoteString(items.layout().besideOf(items.location())));
    }
    lines.add("group_column = " + ConfigUtil.quoteString(query));
    lines.add(
        profile.lists() < ENOUGH_FOR_THREE
            ? "split { train = 0.7, valid = 0.3 }"
            : "split { train = 0.8, valid = 0.1, test = 0.1 }");
    return lines;
  }

  /** An option's value; a secret is left to the environment. */
  private static String drafted(String option, String value) {
    return Secrets.isSecret(option)
        ? "${DATA_%s}".formatted(option.toUpperCase(Locale.ROOT).replaceAll("\\W", "_"))
        : ConfigUtil.quoteString(value);
  }

  /** The folder beside a folder called train that is there to validate with, or null. */
  private static @Nullable String validation(String source) throws IOException {
    Path folder = new Path(source.replaceAll("/+$", ""));
    if (!folder.getName().equals("train") || folder.getParent() == null) {
      return null;
    }
    FileSystem storage = folder.getFileSystem(Storage.ofClassPath().configuration());
    for (String name : VALID) {
      Path beside = new Path(folder.getParent(), name);
      if (storage.exists(beside)) {
        return beside.toString();
      }
    }
    return null;
  }
}
