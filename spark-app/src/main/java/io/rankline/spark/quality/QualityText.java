package io.rankline.spark.quality;

import io.rankline.metric.RankingMetric;
import io.rankline.metric.significance.Comparison;
import io.rankline.pipeline.callback.EpochLine;
import io.rankline.spark.terminal.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What configurations reach, in words and rows of a table.
 *
 * @param table what they reach
 */
public record QualityText(QualityTable table) {

  private static final String NOTHING = "-";

  /** Prints a row a configuration, and why trainings failed. */
  public void print(PrintWriter out) {
    TextTable text =
        new TextTable(heads().stream().map(head -> new TextTable.Column(head, 0)).toList());
    table.scores().forEach(each -> text.add(row(each)));
    out.println();
    text.print(out, Integer.MAX_VALUE);
    out.println();
    failures().forEach(out::println);
    out.println(verdict());
    out.flush();
  }

  /** The names of the columns: of each metric mean and difference, then the time of a training. */
  List<String> heads() {
    List<String> heads = new ArrayList<>(List.of("configuration"));
    for (RankingMetric metric : table.options().metrics()) {
      heads.add(metric.name());
      heads.add("over " + table.baseline());
      heads.add("p");
    }
    heads.add("a training");
    return heads;
  }

  /** The row of a configuration. */
  List<String> row(QualityScores scores) {
    List<String> row = new ArrayList<>(List.of(scores.name()));
    for (int metric = 0; metric < table.options().metrics().size(); metric++) {
      Optional<QualityTable.Value> value = table.value(scores, metric);
      row.add(
          value.map(each -> plusMinus("%.4f", each.mean(), each.standardError())).orElse("failed"));
      Comparison difference = value.map(QualityTable.Value::difference).orElse(null);
      row.add(
          difference == null
              ? NOTHING
              : plusMinus("%+.4f", difference.difference(), difference.standardError()));
      row.add(
          difference == null
              ? NOTHING
              : String.format(Locale.ROOT, "%.4f", difference.permutationPValue()));
    }
    row.add(EpochLine.duration(scores.time()));
    return row;
  }

  /** Why trainings failed, a line each. */
  List<String> failures() {
    return table.scores().stream()
        .flatMap(scores -> scores.trainings().stream())
        .map(QualityRun.Training::result)
        .filter(result -> !result.isDone())
        .map(result -> "%s failed: %s".formatted(result.trial().label(), result.failure()))
        .toList();
  }

  /** Which are above the baseline by the first metric, and by how much that can be told. */
  String verdict() {
    String metric = table.options().metrics().get(0).name();
    boolean higher = isHigherBetter(table.options().metrics().get(0));
    List<String> better = new ArrayList<>();
    List<String> worse = new ArrayList<>();
    List<String> level = new ArrayList<>();
    for (QualityScores scores : table.scores()) {
      Comparison difference =
          table.value(scores, 0).map(QualityTable.Value::difference).orElse(null);
      if (difference == null) {
        continue;
      }
      double errors = difference.difference() / difference.standardError();
      (Math.abs(errors) > 2 ? (errors > 0 == higher ? better : worse) : level).add(scores.name());
    }
    List<String> parts = new ArrayList<>();
    say(better, "better than", parts);
    say(worse, "worse than", parts);
    say(level, "level with", parts);
    return parts.isEmpty()
        ? "Nothing to compare with %s by %s.".formatted(table.baseline(), metric)
        : "By %s, with two standard errors as the limit: %s."
            .formatted(metric, String.join("; ", parts));
  }

  private void say(List<String> names, String how, List<String> parts) {
    if (!names.isEmpty()) {
      parts.add("%s %s %s".formatted(String.join(", ", names), how, table.baseline()));
    }
  }

  static boolean isHigherBetter(RankingMetric metric) {
    return metric.direction() == RankingMetric.Direction.HIGHER_IS_BETTER;
  }

  static String plusMinus(String format, double value, double error) {
    String text = String.format(Locale.ROOT, format, value);
    return Double.isNaN(error) ? text : text + String.format(Locale.ROOT, " ± %.4f", error);
  }
}
