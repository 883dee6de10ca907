package io.rankline.spark.cli;

import io.rankline.data.ListSize;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.spark.evaluation.TrainingData;
import io.rankline.spark.terminal.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code evaluate} that go with a model. */
final class ModelOptions {

  private static final String ACROSS_FILES = "--queries-across-files";
  private static final String TRAINED = " (as in its validation)";

  private static final Pattern NAMED = Pattern.compile("(elwc|eie|seq|libsvm):(?!//)(.+)");

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "In place of predictions: an exported model, whose scores of --data count. Given twice,"
              + " the two are compared, the first as the baseline.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "PATTERN",
      description =
          "Files with labels, for --model to score; a folder, or a glob. Weights count where the"
              + " model's records have a weight.")
  private @Nullable String data;

  @Option(
      names = "--format",
      paramLabel = "elwc|eie|seq|libsvm",
      description = "What --data is in. Default: what the model was trained on.")
  private @Nullable String format;

  @Mixin private LibSvmOptions libSvm = new LibSvmOptions();

  @Option(
      names = ACROSS_FILES,
      paramLabel = "join|apart",
      description =
          "Whether the items of a query that stand in several libsvm files are one list, or one a"
              + " file. Default: as when the model was validated (queries_across_files).")
  private @Nullable String acrossFiles;

  @Option(
      names = "--list-size",
      paramLabel = "N",
      description =
          "How many items of a list count, its first ones; 0 for all. Default: as many as when the"
              + " model was validated (valid_list_size, or list_size).")
  private @Nullable Integer listSize;

  @Option(
      names = "--convert-labels-to-binary",
      negatable = true,
      description =
          "Read every label above 0 as 1, or labels as they are. Default: as when the model was"
              + " validated (convert_labels_to_binary).")
  private @Nullable Boolean binaryLabels;

  @Option(
      names = "--task",
      paramLabel = "NAME",
      description = "One task of a model of several. Default: all of them, one after the other.")
  private @Nullable String task;

  ModelOptions() {}

  /** Folders of the models, the baseline first; none where none is to be evaluated. */
  List<String> folders() {
    return models;
  }

  /** Files to score; null without a model. */
  @Nullable String data() {
    return data;
  }

  /**
   * The tasks to evaluate.
   *
   * @param all those of the model, or of both models
   * @throws UsageException if the task that is asked for is none of them
   */
  Collection<String> tasks(Collection<String> all) {
    if (task == null) {
      return all;
    }
    if (!all.contains(task)) {
      throw new UsageException(
          "--task must be one of %s, got '%s'".formatted(String.join(", ", all), task));
    }
    return List.of(task);
  }

  /**
   * Checks what goes together.
   *
   * @throws IllegalArgumentException for options that do not
   */
  void check() {
    if (models.size() > 2) {
      throw new IllegalArgumentException(
          "one or two models can be evaluated, got " + models.size());
    }
    if (models.isEmpty() != (data == null)) {
      throw new IllegalArgumentException("--model and --data go together");
    }
    takeFormatOfData();
    if (acrossFiles != null) {
      QueriesAcrossFiles.ofWireName(acrossFiles);
    }
    if (listSize != null) {
      ListSize.of("--list-size", listSize);
    }
  }

  /** What stands before the colon of --data says the format, as it does for other commands. */
  private void takeFormatOfData() {
    Matcher named = NAMED.matcher(data == null ? "" : data);
    if (!named.matches()) {
      return;
    }
    if (format != null && !format.equals(named.group(1))) {
      throw new IllegalArgumentException(
          "--format is %s, and --data begins with %s:; leave one of them out"
              .formatted(format, named.group(1)));
    }
    format = named.group(1);
    data = named.group(2);
  }

  void refuseIdle(IdleOptions idle) {
    for (String option :
        List.of(
            "--format",
            "--task",
            ACROSS_FILES,
            "--zero-based",
            "--query-file",
            "--list-size",
            "--convert-labels-to-binary")) {
      idle.refuse(option, models.isEmpty(), "goes with --model, and these are predictions");
    }
  }

  /**
   * How data is read that was read so in training.
   *
   * @throws UsageException for options of other formats
   */
  TrainingData applyTo(TrainingData trained) {
    TrainingData read = format == null ? trained : trained.withFormat(format);
    read =
        acrossFiles == null
            ? read
            : read.withQueriesAcrossFiles(QueriesAcrossFiles.ofWireName(acrossFiles));
    if (libSvm.areGiven() && read.records() != null) {
      throw new UsageException(
          "--zero-based and --query-file are for libsvm, not " + read.format());
    }
    if (acrossFiles != null && read.records() != null) {
      throw new UsageException(
          "%s is for libsvm, and a record of %s is a whole list"
              .formatted(ACROSS_FILES, read.format()));
    }
    read = read.withLayout(libSvm.layout(read.layout().zeroBased()));
    read = listSize == null ? read : read.withListSize(new ListSize(listSize));
    return binaryLabels == null ? read : read.withBinaryLabels(binaryLabels);
  }

  /** Says in a line how data is read, and who wants it so. */
  String describe(TrainingData read) {
    return "data: %s%s; %s%s; %s%s"
        .formatted(
            read.format(),
            format == null ? TRAINED : " (--format)",
            read.listSize().isAll()
                ? "all items of a list"
                : String.format(
                    Locale.ROOT, "the first %,d items of a list", read.listSize().items()),
            listSize == null ? TRAINED : " (--list-size)",
            read.binaryLabels() ? "labels above 0 as 1" : "labels as they are",
            binaryLabels == null
                ? TRAINED
                : binaryLabels
                    ? " (--convert-labels-to-binary)"
                    : " (--no-convert-labels-to-binary)");
  }
}
