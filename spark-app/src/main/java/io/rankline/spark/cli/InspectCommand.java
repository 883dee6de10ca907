package io.rankline.spark.cli;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import io.rankline.io.record.RecordFormat;
import io.rankline.spark.convert.DataFormat;
import io.rankline.spark.convert.DataInput;
import io.rankline.spark.inspect.ColumnNames;
import io.rankline.spark.inspect.DraftNames;
import io.rankline.spark.inspect.FeatureProfile;
import io.rankline.spark.inspect.FileScan;
import io.rankline.spark.inspect.FilesProfile;
import io.rankline.spark.inspect.ProfileJson;
import io.rankline.spark.inspect.ProfileReport;
import io.rankline.spark.inspect.RunDraft;
import io.rankline.spark.inspect.SpecDraft;
import io.rankline.spark.terminal.Progress;
import io.rankline.spark.terminal.UsageException;
import io.rankline.text.KnownNames;
import io.rankline.text.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code inspect}: what is in record files, which threads read, without Spark; or in a table, which
 * Spark reads.
 */
@Command(
    name = "inspect",
    description = {
      "Says what is in record files or in a table: lists, sizes, features, labels, damaged"
          + " records.",
      "Drafts a configuration of it with --conf-out."
    })
final class InspectCommand implements Callable<Integer> {

  /** So many names are told in place of one that is not there. */
  private static final int LIKE_IT = 3;

  private static final String ACROSS_FILES = "--queries-across-files";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Files, folders or patterns (quoted) on any storage Hadoop opens; or a table, as"
              + " csv:/logs/items.csv, parquet:hdfs://logs or table:shop.items.")
  private List<String> paths = List.of();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "elwc, eie, seq or tfexample (default: found by looking).")
  private @Nullable String format;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "Name of the label (default: utility, relevance, label or what else is usual).")
  private @Nullable String label;

  @Option(
      names = "--on-corrupt-record",
      paramLabel = "POLICY",
      defaultValue = "skip",
      description =
          "skip counts damaged records, fail ends at the first (default: ${DEFAULT-VALUE}).")
  private String onCorruptRecord;

  @Option(
      names = "--spec-out",
      paramLabel = "FILE",
      description = "Write a section of feature specs for conf/.")
  private @Nullable Path specOut;

  @Option(names = "--json", paramLabel = "FILE", description = "Write everything as JSON as well.")
  private @Nullable Path json;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Files read at a time (default: the processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--query-column",
      paramLabel = "NAME",
      description =
          "Column or context feature that tells queries apart (default: qid, query or what else is"
              + " usual).")
  private @Nullable String queryColumn;

  @Option(
      names = "--data-option",
      paramLabel = "KEY=VALUE",
      description = "Option of Spark's source of a table, as sep=;; may be repeated.")
  private Map<String, String> dataOptions = new LinkedHashMap<>();

  @Mixin private LibSvmOptions libSvm = new LibSvmOptions();

  @Option(
      names = ACROSS_FILES,
      paramLabel = "join|apart",
      defaultValue = "join",
      description =
          "Whether the items of a query that stand in several files of libsvm or of a table are one"
              + " list, or one a file (default: ${DEFAULT-VALUE}).")
  private String acrossFiles;

  @Option(
      names = "--conf-out",
      paramLabel = "FILE",
      description =
          "Write a whole configuration that trains as it is: ids, times and constants left out,"
              + " embeddings for text of few values, leaks flagged.")
  private @Nullable Path confOut;

  InspectCommand() {}

  @Override
  public Integer call() throws Exception {
    CorruptRecordPolicy policy =
        UsageException.reading(() -> CorruptRecordPolicy.ofWireName(onCorruptRecord));
    String name = format;
    RecordFormat asked =
        name == null ? null : UsageException.reading(() -> RecordFormat.ofName(name));
    RecordFiles storage = Storage.ofClassPath().recordFiles();
    PrintWriter out = spec.commandLine().getOut();
    boolean items = asked == null && paths.size() == 1 && DataInput.isItems(paths.get(0), storage);
    if (!items && asked == null && paths.size() == 1) {
      paths = List.of(paths.get(0).replaceFirst("^(elwc|eie|seq|tfexample):(?!//)", ""));
    }
    new IdleOptions(spec)
        .refuse(ACROSS_FILES, !items, "is for items, and a record is a whole list")
        .refuse("--data-option", !items, "is for tables, and these are records")
        .refuse("--threads", items, "is for files of records; Spark reads tables and libsvm")
        .end();
    if (!items && libSvm.areGiven()) {
      throw new UsageException("--zero-based and --query-file are for libsvm, as libsvm:PATH");
    }
    if (items && confOut != null && !Secrets.hidden(paths.get(0)).equals(paths.get(0))) {
      throw new UsageException(
          "the address of the table holds a password, and so would the configuration; say"
              + " --data-option password=… in its place");
    }
    OwnFiles own =
        new OwnFiles()
            .writes("--spec-out", specOut)
            .writes("--json", json)
            .writes("--conf-out", confOut);
    for (String path : paths) {
      own.requireNoneOf(
          items
              ? DataInput.parse(path, null, DataFormat.ELWC, dataOptions, storage).location()
              : path);
    }
    InspectedData data =
        items
            ? InspectedData.ofItems(
                DataInput.parse(paths.get(0), null, DataFormat.ELWC, dataOptions, storage)
                    .withQueriesAcrossFiles(
                        UsageException.reading(() -> QueriesAcrossFiles.ofWireName(acrossFiles)))
                    .withLayout(libSvm.layout(false)),
                queryColumn,
                label,
                policy,
                confOut == null ? 0 : RunDraft.SAMPLE)
            : InspectedData.ofRecords(
                new FileScan(storage, storage.list(String.join(",", paths))),
                asked,
                policy,
                threads,
                confOut == null ? 0 : RunDraft.SAMPLE);
    out.println(data.title());
    FilesProfile profile = data.profile();
    if (profile.lists() == 0) {
      new ProfileReport(profile, null, Progress.columns()).print(out);
      throw new IOException(
          "'%s' holds no list that can be read".formatted(String.join(", ", paths)));
    }
    String labelName = chooseLabel(profile);
    new ProfileReport(profile, labelName, Progress.columns()).print(out);
    String query = data.query(queryColumn);
    String source = String.join(", ", paths);
    if (specOut != null) {
      String usable = SpecDraft.canBeLabel(labelOf(profile, labelName)) ? labelName : null;
      write(specOut, new SpecDraft(profile, usable, query).text(source));
      out.printf("%nwrote feature specs to %s%n", specOut);
    }
    if (json != null) {
      write(json, ProfileJson.of(profile));
      out.printf("%nwrote JSON to %s%n", json);
    }
    if (confOut != null) {
      write(
          confOut, draft(data, labelName, query, confOut).text(source, data.input(source, query)));
      out.printf(
          "%nwrote a configuration to %1$s; look at what it leaves out, then: rankline train"
              + " %1$s%n",
          confOut);
    }
    out.flush();
    return 0;
  }

  private static RunDraft draft(
      InspectedData data, @Nullable String label, String query, Path file) {
    if (!SpecDraft.canBeLabel(labelOf(data.profile(), label))) {
      throw new UsageException(
          "--label must name the label for --conf-out, one number an item, one of "
              + String.join(", ", data.profile().examples().keySet()));
    }
    String modelDir = file.toAbsolutePath().resolveSibling("model").toString();
    return new RunDraft(
        data.profile(),
        data.sample(),
        data.format(),
        DraftNames.of(query, Objects.requireNonNull(label), data.profile(), modelDir),
        data.unread(),
        data.items() != null && data.items().format().isTable(),
        null);
  }

  private @Nullable String chooseLabel(FilesProfile profile) {
    if (label != null) {
      if (labelOf(profile, label) == null) {
        throw new UsageException(
            "--label '%s' is in no item; names most like it: %s"
                .formatted(
                    label,
                    String.join(
                        ", ",
                        KnownNames.nearestFirst(label, profile.examples().keySet()).stream()
                            .limit(LIKE_IT)
                            .toList())));
      }
      return label;
    }
    return ColumnNames.label(name -> SpecDraft.canBeLabel(labelOf(profile, name)));
  }

  private static @Nullable FeatureProfile labelOf(FilesProfile profile, @Nullable String name) {
    return name == null ? null : profile.examples().get(name);
  }

  private static void write(Path file, String text) throws IOException {
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException("cannot write '%s': its folder does not exist".formatted(file), e);
    }
  }
}
