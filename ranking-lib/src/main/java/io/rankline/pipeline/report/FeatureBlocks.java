package io.rankline.pipeline.report;

import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.explanation.FeatureImportance;
import io.rankline.pipeline.explanation.FeatureSummary;
import io.rankline.pipeline.explanation.GamCurve;
import io.rankline.pipeline.explanation.Importances;
import io.rankline.pipeline.explanation.ModelStudy;
import io.rankline.pipeline.explanation.TaskStudy;
import io.rankline.pipeline.report.IntervalChart.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What features hold, what the model loses without them, and what they add to its scores. */
final class FeatureBlocks {

  /** More bars are more than anybody reads; the table has the others. */
  private static final int BARS = 20;

  private static final int CURVES = 24;

  private FeatureBlocks() {}

  static List<Block> importance(ModelStudy study) {
    List<Block> blocks = new ArrayList<>();
    boolean several = study.tasks().size() > 1;
    for (TaskStudy task : study.tasks()) {
      task.importances()
          .ifPresent(found -> blocks.add(chart(found, several ? ", " + task.task() : "")));
    }
    // Tasks are measured alike, as a rule.
    Map<String, List<String>> words = new LinkedHashMap<>();
    for (TaskStudy task : study.tasks()) {
      task.importances()
          .ifPresent(
              found ->
                  words
                      .computeIfAbsent(words(found, task), text -> new ArrayList<>())
                      .add(task.task()));
    }
    if (!words.isEmpty()) {
      words.forEach(
          (text, tasks) ->
              blocks.add(
                  new Paragraph((words.size() > 1 ? String.join(", ", tasks) + ": " : "") + text)));
      blocks.add(
          new Paragraph(
              "Values of items are permuted within their list, values of the query among lists."
                  + " Features that say the same stand in for each other and look less important"
                  + " than they are together. \"evaluate\" with --importance measures all features"
                  + " on as many lists as you like."));
    }
    return blocks;
  }

  /** What the features hold, those with an importance first. */
  static List<Block> table(ModelStudy study) {
    if (study.features().isEmpty()) {
      return List.of();
    }
    Map<String, FeatureImportance> important = new LinkedHashMap<>();
    study
        .tasks()
        .forEach(
            task ->
                task.importances()
                    .ifPresent(
                        found ->
                            found
                                .features()
                                .forEach(each -> important.putIfAbsent(each.feature(), each))));
    boolean one = study.tasks().size() == 1 && !important.isEmpty();
    List<FeatureSummary> features = new ArrayList<>();
    important
        .keySet()
        .forEach(
            name ->
                study.features().stream()
                    .filter(feature -> feature.feature().equals(name))
                    .forEach(features::add));
    study.features().stream()
        .filter(feature -> !important.containsKey(feature.feature()))
        .forEach(features::add);
    List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.text("feature")));
    if (one) {
      columns.add(Table.Column.number("importance"));
    }
    boolean several = features.stream().anyMatch(feature -> feature.values() != 1);
    if (several) {
      columns.add(Table.Column.number("values"));
    }
    for (String name : List.of("at default", "least", "5 %", "median", "95 %", "most")) {
      columns.add(Table.Column.number(name));
    }
    List<List<String>> rows = new ArrayList<>();
    for (FeatureSummary feature : features) {
      List<String> row = new ArrayList<>();
      row.add(feature.feature() + (feature.side().equals("query") ? " (query)" : ""));
      if (one) {
        FeatureImportance found = important.get(feature.feature());
        row.add(found == null ? "" : signed(found.lost()));
      }
      if (several) {
        row.add(EpochLine.number(feature.values()));
      }
      row.add(String.format(Locale.ROOT, "%.1f %%", 100 * feature.atDefault()));
      row.addAll(
          feature
              .range()
              .map(
                  range ->
                      List.of(
                          EpochLine.number(range.least()),
                          EpochLine.number(range.low()),
                          EpochLine.number(range.median()),
                          EpochLine.number(range.high()),
                          EpochLine.number(range.most())))
              .orElse(List.of("", "", "", "", "")));
      rows.add(row);
    }
    return List.of(
        new Table(columns, rows),
        new Paragraph(
            "Of the first items of the training data, before transforms. \"At default\" are those"
                + " that hold the feature's default, or no value."
                + (several ? " \"Values\" is how many values one has in the mean." : "")));
  }

  /** Sub-scores by value. */
  static List<Block> curves(ModelStudy study) {
    List<Block> blocks = new ArrayList<>();
    for (GamCurve curve : study.curves().subList(0, Math.min(CURVES, study.curves().size()))) {
      blocks.add(
          new LineChart(
              "%s, spread %s".formatted(curve.feature(), EpochLine.number(curve.spread())),
              curve.feature(),
              List.of(new LineChart.Series("adds", curve.values(), curve.scores()))));
    }
    if (!blocks.isEmpty()) {
      blocks.add(
          new Paragraph(
              "What a feature adds to the score of an item, by its value, less the mean over items:"
                  + " the score is the sum of these. Spread is the standard deviation over items;"
                  + " the features that move scores most come first."));
    }
    return blocks;
  }

  private static IntervalChart chart(Importances found, String task) {
    List<Row> rows = new ArrayList<>();
    for (FeatureImportance feature :
        found.features().subList(0, Math.min(BARS, found.features().size()))) {
      ConfidenceInterval interval = feature.interval();
      rows.add(
          new Row(
              feature.feature(),
              feature.lost(),
              interval == null ? Double.NaN : interval.low(),
              interval == null ? Double.NaN : interval.high(),
              "%s: %s%s, permuted among %s"
                  .formatted(
                      feature.feature(),
                      signed(feature.lost()),
                      interval == null
                          ? ""
                          : " (%s to %s)"
                              .formatted(signed(interval.low()), signed(interval.high())),
                      feature.permuted().words())));
    }
    return new IntervalChart(
        "What is lost when a feature's values are permuted" + task, found.metric() + " lost", rows);
  }

  private static String words(Importances found, TaskStudy task) {
    String chosen =
        task.screened() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "Chosen as the most important ones on the first %,d lists. ",
                task.screened());
    return chosen
        + String.format(
            Locale.ROOT,
            "Measured on the %s %,d lists of the validation data with %,d items, each feature"
                + " permuted %s",
            task.screened() == 0 ? "first" : "next",
            found.lists(),
            found.items(),
            found.repeats() == 1 ? "once" : found.repeats() + " times")
        + ", with 95 % intervals over lists.";
  }

  private static String signed(double value) {
    return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%+.4f", value);
  }
}
