package io.rankline.pipeline.report;

import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.pipeline.callback.EpochLine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Metrics as rows, data sets as columns. */
final class MetricTable {

  private MetricTable() {}

  static List<Block> of(List<EvaluatedData> evaluations) {
    List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.text("Metric")));
    Set<String> names = new LinkedHashSet<>();
    for (EvaluatedData data : evaluations) {
      columns.add(
          Table.Column.number(
              String.format(Locale.ROOT, "%s, %,d lists", data.name(), data.lists())));
      columns.add(Table.Column.number(level(data)));
      data.metrics().forEach(estimate -> names.add(estimate.metric()));
    }
    List<List<String>> rows = new ArrayList<>();
    for (String name : names) {
      List<String> row = new ArrayList<>(List.of(name));
      for (EvaluatedData data : evaluations) {
        Optional<MetricEstimate> found =
            data.metrics().stream().filter(e -> e.metric().equals(name)).findFirst();
        row.add(found.map(estimate -> number(estimate.value())).orElse(""));
        row.add(found.map(estimate -> interval(estimate.interval())).orElse(""));
      }
      rows.add(row);
    }
    Table table = new Table(columns, rows);
    boolean estimated =
        evaluations.stream()
            .flatMap(data -> data.metrics().stream())
            .anyMatch(estimate -> estimate.interval() != null);
    return estimated
        ? List.of(
            table,
            new Paragraph(
                "Intervals are percentiles of the means of lists drawn with replacement"
                    + " (bootstrap)."))
        : List.of(table);
  }

  private static String level(EvaluatedData data) {
    return data.metrics().stream()
        .map(MetricEstimate::interval)
        .filter(interval -> interval != null)
        .findFirst()
        .map(interval -> EpochLine.number(100 * interval.level()) + " % interval")
        .orElse("interval");
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String interval(@Nullable ConfidenceInterval interval) {
    return interval == null
        ? ""
        : String.format(Locale.ROOT, "%.4f to %.4f", interval.low(), interval.high());
  }
}
