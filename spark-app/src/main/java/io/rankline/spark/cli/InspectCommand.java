package io.rankline.spark.cli;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import io.rankline.io.record.RecordFormat;
import io.rankline.spark.inspect.FeatureProfile;
import io.rankline.spark.inspect.FileScan;
import io.rankline.spark.inspect.FilesProfile;
import io.rankline.spark.inspect.ProfileJson;
import io.rankline.spark.inspect.ProfileReport;
import io.rankline.spark.inspect.SpecDraft;
import io.rankline.spark.terminal.Progress;
import io.rankline.spark.terminal.SizeText;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inspect}: what is in record files. Needs no Spark: threads read files. */
@Command(
    name = "inspect",
    description = "Says what is in record files: lists, sizes, features, labels, damaged records.")
final class InspectCommand implements Callable<Integer> {

  private static final List<String> USUAL_LABELS = List.of("utility", "relevance", "label");

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "Files, folders or patterns (quoted) on any storage Hadoop opens.")
  private List<String> paths = List.of();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "elwc, eie, seq or tfexample (default: found by looking).")
  private @Nullable String format;

  @Option(
      names = "--label",
      paramLabel = "NAME",
      description = "Name of the label (default: utility, relevance or label).")
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

  InspectCommand() {}

  @Override
  public Integer call() throws Exception {
    CorruptRecordPolicy policy =
        UsageException.reading(() -> CorruptRecordPolicy.ofWireName(onCorruptRecord));
    String name = format;
    RecordFormat asked =
        name == null ? null : UsageException.reading(() -> RecordFormat.ofName(name));
    RecordFiles storage = Storage.ofClassPath().recordFiles();
    List<FileStatus> files = storage.list(String.join(",", paths));
    long bytes = files.stream().mapToLong(FileStatus::getLen).sum();
    FileScan scan = new FileScan(storage, files);
    RecordFormat actual = asked == null ? scan.guessFormat() : asked;
    long started = System.nanoTime();
    FilesProfile profile = scan.profile(actual, policy, threads);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%d %s of %s, %s (%s)%n",
        files.size(),
        files.size() == 1 ? "file" : "files",
        actual.shortName(),
        SizeText.bytes(bytes),
        SizeText.megabytesPerSecond(bytes, System.nanoTime() - started));
    String labelName = chooseLabel(profile);
    new ProfileReport(profile, labelName, Progress.columns()).print(out);
    if (specOut != null) {
      String usable = SpecDraft.canBeLabel(labelOf(profile, labelName)) ? labelName : null;
      write(specOut, new SpecDraft(profile, usable).text(String.join(", ", paths)));
      out.printf("%nwrote feature specs to %s%n", specOut);
    }
    if (json != null) {
      write(json, ProfileJson.of(profile));
      out.printf("%nwrote JSON to %s%n", json);
    }
    out.flush();
    return 0;
  }

  private @Nullable String chooseLabel(FilesProfile profile) {
    if (label != null) {
      if (labelOf(profile, label) == null) {
        throw new UsageException("--label '%s' is in no item".formatted(label));
      }
      return label;
    }
    return USUAL_LABELS.stream()
        .filter(name -> SpecDraft.canBeLabel(labelOf(profile, name)))
        .findFirst()
        .orElse(null);
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
