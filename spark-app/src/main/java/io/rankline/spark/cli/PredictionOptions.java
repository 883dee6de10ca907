package io.rankline.spark.cli;

import io.rankline.spark.evaluation.PredictionColumns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code evaluate} that name files of predictions and their columns. */
final class PredictionOptions {

  @Option(
      names = {"-p", "--predictions"},
      paramLabel = "FILE",
      description =
          "Predictions to evaluate. Given twice, the two are compared, the first as the baseline.")
  private List<String> predictions = new ArrayList<>();

  @Option(
      names = {"-c", "--compare"},
      paramLabel = "FILE",
      description = "Predictions of another ranker for the same queries.")
  private @Nullable String compare;

  @Option(
      names = "--query-column",
      paramLabel = "NAME",
      defaultValue = "qid",
      description = "Default: ${DEFAULT-VALUE}.")
  private String queryColumn = "qid";

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "label",
      description =
          "Default: ${DEFAULT-VALUE}. Several with commas between them are topics, for alpha_dcg "
              + "and precision_ia.")
  private List<String> labelColumns = new ArrayList<>();

  @Option(
      names = "--score-column",
      paramLabel = "NAME",
      defaultValue = "score",
      description = "Default: ${DEFAULT-VALUE}.")
  private String scoreColumn = "score";

  @Option(
      names = "--weight-column",
      paramLabel = "NAME",
      description = "Default: weight, where the file has it.")
  private @Nullable String weightColumn;

  PredictionOptions() {}

  /**
   * The files, the baseline first; none where none is named.
   *
   * @throws IllegalArgumentException for more than two
   */
  List<String> files() {
    List<String> files = new ArrayList<>(predictions);
    if (compare != null) {
      files.add(compare);
    }
    if (files.size() > 2) {
      throw new IllegalArgumentException("one or two files can be evaluated, got " + files.size());
    }
    return files;
  }

  void refuseIdle(IdleOptions idle) {
    idle.refuse("--compare", predictions.isEmpty(), "goes with --predictions, the baseline");
    for (String option :
        List.of("--query-column", "--label-column", "--score-column", "--weight-column")) {
      idle.refuse(
          option, files().isEmpty(), "names a column of --predictions, and this is a model");
    }
  }

  /**
   * The columns.
   *
   * @throws IllegalArgumentException for one that is two things
   */
  PredictionColumns columns() {
    return new PredictionColumns(
        queryColumn,
        labelColumns,
        scoreColumn,
        weightColumn == null ? PredictionColumns.DEFAULTS.weight() : weightColumn,
        weightColumn != null);
  }
}
