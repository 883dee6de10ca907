package io.rankline.spark.evaluation;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The metrics of every query as a table, a row a query: its name, its number of items, and a column
 * a metric; of two rankers three a metric: both values, and the second less the first. A value that
 * does not count in the mean is empty. Fields stand between commas if the name of the file ends in
 * {@code .csv}, else between tabs.
 */
public final class PerQueryFile {

  private PerQueryFile() {}

  /**
   * Writes the file, in place of one that is there.
   *
   * @param byTask evaluations by task
   * @param several whether the first column names the task
   */
  public static void write(
      ResultFile file,
      EvaluationOptions options,
      SortedMap<String, PredictionEvaluation> byTask,
      boolean several)
      throws IOException {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setDelimiter(file.path().endsWith(".csv") ? ',' : '\t');
    settings.getFormat().setLineSeparator("\n");
    file.write(
        out -> {
          CsvWriter csv = new CsvWriter(out, StandardCharsets.UTF_8, settings);
          boolean two =
              byTask.values().stream().anyMatch(each -> !each.values().second().isEmpty());
          csv.writeRow(head(options.metrics(), two, several));
          byTask.forEach(
              (task, evaluation) ->
                  addRows(csv, several ? List.of(task) : List.of(), evaluation.values(), options));
          csv.flush();
        });
  }

  private static void addRows(
      CsvWriter csv, List<String> task, QueryValues values, EvaluationOptions options) {
    for (int q = 0; q < values.queries().size(); q++) {
      List<Object> row = new ArrayList<>(task);
      row.add(values.queries().get(q));
      row.add(values.items()[q]);
      addValues(row, values, q, options.emptyLists());
      csv.writeRow(row);
    }
  }

  private static List<Object> head(List<RankingMetric> metrics, boolean two, boolean several) {
    List<Object> head = new ArrayList<>(several ? List.of("task") : List.of());
    head.add("query");
    head.add("items");
    for (RankingMetric metric : metrics) {
      head.add(two ? metric.name() + " A" : metric.name());
      if (two) {
        head.add(metric.name() + " B");
        head.add(metric.name() + " B - A");
      }
    }
    return head;
  }

  private static void addValues(
      List<Object> row, QueryValues values, int query, EmptyLists empties) {
    for (int m = 0; m < values.first().size(); m++) {
      double first = value(values.first().get(m), query, empties);
      row.add(text(first));
      if (!values.second().isEmpty()) {
        double second = value(values.second().get(m), query, empties);
        row.add(text(second));
        row.add(text(second - first));
      }
    }
  }

  /** NaN for a query that does not count. */
  private static double value(MetricSample sample, int query, EmptyLists empties) {
    double weight = sample.weights()[query];
    if (Double.isNaN(weight) || weight == 0) {
      return Double.NaN;
    }
    if (!sample.lacksRelevantItems(query)) {
      return sample.values()[query];
    }
    return switch (empties) {
      case SKIP -> Double.NaN;
      case AS_ONE -> 1;
      case AS_ZERO -> sample.values()[query];
    };
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }
}
