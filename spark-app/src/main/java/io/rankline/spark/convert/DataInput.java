package io.rankline.spark.convert;

import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.RecordFiles;
import io.rankline.io.libsvm.LibSvmLayout;
import io.rankline.spark.terminal.UsageException;
import io.rankline.text.Secrets;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.jspecify.annotations.Nullable;

/**
 * What is read: files of records or lines, or a table.
 *
 * @param format what it is
 * @param source Spark's name of the source of a table, or {@code table} for one of the catalog; not
 *     used for records
 * @param location paths, folders or patterns, joined by commas; the name of a table of the catalog
 * @param options of Spark's source
 * @param dropped columns of a table, or features of records, that are not read
 * @param acrossFiles what becomes of queries whose items stand in several files
 * @param layout how LibSVM files number features and name queries
 */
public record DataInput(
    DataFormat format,
    String source,
    String location,
    SortedMap<String, String> options,
    Set<String> dropped,
    QueriesAcrossFiles acrossFiles,
    LibSvmLayout layout) {

  /** Spark's source of tables behind JDBC, whose location is an URL. */
  static final String JDBC = "jdbc";

  /** The table of the catalog that the location names. */
  static final String CATALOG = "table";

  public DataInput {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    dropped = Set.copyOf(dropped);
  }

  private DataInput(
      DataFormat format, String source, String location, Map<String, String> options) {
    this(
        format,
        source,
        location,
        new TreeMap<>(options),
        Set.of(),
        QueriesAcrossFiles.JOIN,
        LibSvmLayout.USUAL);
  }

  /** Files of that format; queries that stand in several are joined. */
  public static DataInput of(DataFormat format, String location) {
    return new DataInput(format, format.optionName(), location, Map.of());
  }

  /** The same but for columns, or features of records, of that name. */
  public DataInput without(Set<String> columns) {
    return new DataInput(format, source, location, options, columns, acrossFiles, layout);
  }

  /**
   * What a text names: {@code FORMAT:LOCATION}, as {@code parquet:hdfs://logs/day=1} or {@code
   * table:shop.clicks}, or a location alone, whose format shows at the end of its name.
   *
   * @param format of a location alone; null to look at its name
   * @param records format of TFRecord files
   * @param options of Spark's source
   * @param files to look at where the location is a folder
   * @throws UsageException where nothing tells the format
   */
  public static DataInput parse(
      String text,
      @Nullable String format,
      DataFormat records,
      Map<String, String> options,
      RecordFiles files)
      throws IOException {
    String prefix = prefix(text, files);
    String location =
        prefix != null && !prefix.equals(JDBC) ? text.substring(prefix.length() + 1) : text;
    String name = prefix != null ? prefix : format;
    if (name == null) {
      DataFormat guessed = guess(location, records);
      if (guessed == null) {
        guessed = guess(files.list(location).get(0).getPath().getName(), records);
      }
      if (guessed == null) {
        throw new UsageException(
            "cannot tell what '%s' holds; say it, as csv:%s".formatted(text, location));
      }
      return new DataInput(guessed, guessed.optionName(), location, options);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return new DataInput(known(lower), lower, location, options);
  }

  /** The same with options of Spark's source. */
  public DataInput withOptions(Map<String, String> more) {
    return new DataInput(
        format, source, location, new TreeMap<>(more), dropped, acrossFiles, layout);
  }

  /** The same with the items of a query in several files joined, or not. */
  public DataInput withQueriesAcrossFiles(QueriesAcrossFiles rule) {
    return new DataInput(format, source, location, options, dropped, rule, layout);
  }

  /**
   * The same with LibSVM files of another layout.
   *
   * @throws UsageException for another layout than the usual one where no LibSVM is read
   */
  public DataInput withLayout(LibSvmLayout other) {
    if (format != DataFormat.LIBSVM && !other.equals(LibSvmLayout.USUAL)) {
      throw new UsageException(
          "--zero-based and --query-file are for libsvm, not " + format.optionName());
    }
    return new DataInput(format, source, location, options, dropped, acrossFiles, other);
  }

  /** Whether what stands before the colon says that a text names a table. */
  public static boolean isTable(String text, RecordFiles files) {
    String prefix = prefix(text, files);
    return prefix != null && known(prefix.toLowerCase(Locale.ROOT)).isTable();
  }

  /** The format that stands before the colon; null where none does. */
  private static @Nullable String prefix(String text, RecordFiles files) {
    int colon = text.indexOf(':');
    String before = colon < 0 ? "" : text.substring(0, colon);
    return before.matches("[A-Za-z][A-Za-z0-9_.]*") && !isScheme(text, colon, before, files)
        ? before
        : null;
  }

  private static DataFormat known(String name) {
    return Arrays.stream(DataFormat.values())
        .filter(any -> any.optionName().equals(name))
        .findFirst()
        .orElse(DataFormat.TABLE);
  }

  /** Whether a text says by itself that it is a table or LibSVM, and no files of records. */
  public static boolean isItems(String text, RecordFiles files) throws IOException {
    try {
      DataInput input = parse(text, null, DataFormat.ELWC, Map.of(), files);
      DataFormat format = input.format();
      return format.isTable() ? isSource(input.source()) : format == DataFormat.LIBSVM;
    } catch (UsageException e) {
      return false; // nothing tells: records show it
    }
  }

  /** {@code hdfs://host/path}, {@code C:\path}, and {@code hdfs:/path}, but {@code csv:/path}. */
  private static boolean isScheme(String text, int colon, String before, RecordFiles files) {
    return text.startsWith("//", colon + 1)
        || before.length() == 1
        || (text.startsWith("/", colon + 1) && !isSource(before) && files.knows(before));
  }

  /** Whether files of that format can be read, here or by a source on Spark's class path. */
  private static boolean isSource(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.indexOf('.') >= 0
        || lower.equals(JDBC)
        || lower.equals(CATALOG)
        || Arrays.stream(DataFormat.values()).anyMatch(any -> any.optionName().equals(lower))
        || StreamSupport.stream(ServiceLoader.load(DataSourceRegister.class).spliterator(), false)
            .anyMatch(any -> any.shortName().equalsIgnoreCase(name));
  }

  private static @Nullable DataFormat guess(String name, DataFormat records) {
    String plain = name.replaceAll("\\.(gz|gzip|zlib|bz2|deflate)$", "");
    return switch (plain.substring(plain.lastIndexOf('.') + 1)) {
      case "csv" -> DataFormat.CSV;
      case "parquet" -> DataFormat.PARQUET;
      case "txt", "libsvm", "svm" -> DataFormat.LIBSVM;
      case "tfrecord", "tfrecords" -> records;
      default -> null;
    };
  }

  /** Whether the location names files. */
  boolean isFiles() {
    return !source.equals(CATALOG) && !source.equals(JDBC);
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return source.equals(JDBC) ? location : source + ":" + location;
  }

  /** The same for messages, without passwords. */
  @Override
  public String toString() {
    return Secrets.hidden(text());
  }
}
