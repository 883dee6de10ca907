package io.rankline.spark.cli.train;

import io.rankline.config.RunConfig;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.pipeline.ExportName;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.LogName;
import io.rankline.pipeline.callback.LogName.Split;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.explanation.TaskStudy;
import io.rankline.pipeline.report.DataProfile;
import io.rankline.spark.terminal.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What a training ended with: the model's numbers beside those of baselines, and where it lies. */
public final class TrainingSummary {

  private static final List<RankingMetric> ALWAYS = RankingMetric.parseAll("ndcg@1,ndcg@5,ndcg@10");
  private static final String NOTHING = "-";

  private final RunConfig run;
  private final TrainingResult result;
  private final PrintWriter out;
  private final List<RankingMetric> metrics;

  public TrainingSummary(RunConfig run, TrainingResult result, PrintWriter out) {
    this.run = run;
    this.result = result;
    this.out = out;
    this.metrics = shown(run);
  }

  /** What is shown of a run: NDCG at three depths, and what says which epoch is best. */
  public static List<RankingMetric> shown(RunConfig run) {
    Set<RankingMetric> shown = new LinkedHashSet<>(ALWAYS);
    Monitor.metric(run.hparams().bestExporterMetric(), ALWAYS).ifPresent(shown::add);
    return List.copyOf(shown);
  }

  public void print() {
    EpochResult exported = exported();
    SortedMap<String, String> labels = run.datasetBuilder().labelsByTask();
    if (labels.isEmpty()) {
      out.println();
      print(exported, null);
    } else {
      for (String task : labels.keySet()) {
        out.println();
        out.println("task " + task);
        // With one task, values have no task in their names.
        print(exported, labels.size() == 1 ? null : task);
      }
    }
    out.println();
    if (!result.stopReason().isEmpty()) {
      out.println("ended early: " + result.stopReason());
    }
    for (DataProfile data : result.data()) {
      if (data.unlabelled() > 0) {
        out.println(data.name() + ": " + data.leftOut());
      }
    }
    String folder = run.hparams().modelDir();
    out.println("model   " + exportedModel());
    out.println("report  " + folder + "/report.html");
    out.println("curves  tensorboard --logdir " + folder + "/logs");
  }

  private String exportedModel() {
    return result
        .exports()
        .getOrDefault(ExportName.BEST, result.exports().getOrDefault(ExportName.LATEST, NOTHING));
  }

  /** The epoch of the model that is exported: the best where it was kept. */
  private EpochResult exported() {
    for (EpochResult epoch : result.epochs()) {
      if (result.bestEpoch().isPresent() && epoch.epoch() == result.bestEpoch().getAsInt()) {
        return epoch;
      }
    }
    return result.lastEpoch();
  }

  private void print(EpochResult exported, @Nullable String task) {
    List<TextTable.Column> columns = new ArrayList<>();
    columns.add(new TextTable.Column("on the validation data", 0));
    metrics.forEach(
        metric -> columns.add(new TextTable.Column(metric.name().toUpperCase(Locale.ROOT), 0)));
    TextTable table = new TextTable(columns);
    String epoch = "this model (epoch %s)".formatted(exported.epoch());
    table.add(row(epoch, exported.logs(), Split.VALIDATION, task));
    for (TaskStudy study : result.study().tasks()) {
      if (task == null || study.task().equals(task)) {
        study.baselines().forEach(each -> table.add(row(each.name(), each.evaluation())));
      }
    }
    table.print(out, Integer.MAX_VALUE);
    if (!result.testLogs().isEmpty()) {
      List<TextTable.Column> head = new ArrayList<>(columns);
      head.set(0, new TextTable.Column("on the test data", 0));
      out.println();
      TextTable test = new TextTable(head);
      test.add(row(epoch, result.testLogs(), Split.TEST, task));
      test.print(out, Integer.MAX_VALUE);
    }
  }

  private List<String> row(
      String name, Map<String, Double> logs, Split split, @Nullable String task) {
    List<String> row = new ArrayList<>(List.of(name));
    for (RankingMetric metric : metrics) {
      Double value = logs.get(LogName.metric(split, task, metric.name()).text());
      row.add(value == null ? NOTHING : number(value));
    }
    return row;
  }

  private List<String> row(String name, Evaluation values) {
    List<String> row = new ArrayList<>(List.of(name));
    for (RankingMetric metric : metrics) {
      OptionalDouble value = values.value(metric.name());
      row.add(value.isPresent() ? number(value.getAsDouble()) : NOTHING);
    }
    return row;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
