package io.rankline.spark.sweep;

import io.rankline.config.sweep.Trial;
import io.rankline.metric.RankingMetric;
import io.rankline.pipeline.report.Block;
import io.rankline.pipeline.report.Chapter;
import io.rankline.pipeline.report.Listing;
import io.rankline.pipeline.report.Paragraph;
import io.rankline.pipeline.report.ReportPage;
import io.rankline.pipeline.report.Table;
import io.rankline.serving.RankingScorer;
import io.rankline.spark.terminal.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What an ensemble and each of its members reach on the validation data.
 *
 * @param ensemble what was exported
 * @param members how their trainings went, those that failed included
 * @param metrics that are shown
 */
public record EnsembleTable(
    EnsembleResult ensemble, List<TrialResult> members, List<RankingMetric> metrics) {

  private static final String NOTHING = "-";
  private static final String HEAD = "on the validation data";

  public EnsembleTable {
    members = List.copyOf(members);
    metrics = List.copyOf(metrics);
  }

  /** Prints it, a table a task. */
  public void print(PrintWriter out) {
    for (String task : ensemble.model().tasks()) {
      out.println();
      if (ensemble.model().tasks().size() > 1) {
        out.println("task " + task);
      }
      List<TextTable.Column> columns = new ArrayList<>(List.of(new TextTable.Column(HEAD, 0)));
      names().forEach(name -> columns.add(new TextTable.Column(name, 0)));
      TextTable text = new TextTable(columns);
      rows(task).forEach(text::add);
      text.print(out, Integer.MAX_VALUE);
    }
    out.println();
    for (TrialResult member : members) {
      if (!member.isDone()) {
        out.println("%s failed: %s".formatted(member.trial().label(), member.failure()));
      }
    }
  }

  /**
   * The same as a page.
   *
   * @param configuration of the run
   */
  public ReportPage page(String title, String configuration) {
    List<Block> tables = new ArrayList<>();
    for (String task : ensemble.model().tasks()) {
      if (ensemble.model().tasks().size() > 1) {
        tables.add(new Paragraph("Task " + task));
      }
      List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.text(HEAD)));
      names().forEach(name -> columns.add(Table.Column.number(name)));
      tables.add(new Table(columns, rows(task), OptionalInt.of(0)));
    }
    members.stream()
        .filter(member -> !member.isDone())
        .forEach(
            member ->
                tables.add(
                    new Paragraph(
                        "%s failed: %s".formatted(member.trial().label(), member.failure()))));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Members", Integer.toString(ensemble.model().members().size()));
    facts.put("Model", ensemble.path());
    return new ReportPage(
        title,
        "",
        facts,
        List.of(
            new Chapter("Ensemble and members", tables),
            new Chapter("Configuration", List.of(new Listing(configuration)))));
  }

  private List<String> names() {
    return metrics.stream().map(metric -> metric.name().toUpperCase(Locale.ROOT)).toList();
  }

  private List<List<String>> rows(String task) {
    List<? extends RankingScorer> models = ensemble.model().members();
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("ensemble of " + models.size(), ensemble.model(), task));
    List<Trial> trials =
        members.stream().filter(TrialResult::isDone).map(TrialResult::trial).toList();
    for (int k = 0; k < models.size(); k++) {
      rows.add(row(trials.get(k).label(), models.get(k), task));
    }
    return rows;
  }

  private List<String> row(String name, RankingScorer model, String task) {
    List<String> row = new ArrayList<>(List.of(name));
    for (RankingMetric metric : metrics) {
      Double value =
          model.metrics().get(EnsembleTraining.logName(ensemble.model(), task, metric.name()));
      row.add(value == null ? NOTHING : String.format(Locale.ROOT, "%.4f", value));
    }
    return row;
  }
}
