package io.rankline.spark.evaluation;

import io.rankline.metric.RankingMetric;
import io.rankline.metric.RankingMetric.Direction;
import io.rankline.metric.TiesAveraged;
import io.rankline.metric.evaluation.MetricMean;
import io.rankline.metric.significance.ConfidenceInterval;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An evaluation as a person reads it: aligned columns, then what there is to know about them. */
public final class EvaluationTable {

  private static final String NOTHING = "-";

  private final PrintWriter out;
  private final EvaluationOptions options;
  private final PValue shown;

  /**
   * A table.
   *
   * @param options of the evaluation
   * @param shown the p-value of a comparison
   */
  public EvaluationTable(PrintWriter out, EvaluationOptions options, PValue shown) {
    this.out = out;
    this.options = options;
    this.shown = shown;
  }

  /**
   * Prints it.
   *
   * @param files the one that was evaluated, or the two that were compared
   */
  public void print(PredictionEvaluation evaluation, List<Predictions> files) {
    boolean two = files.size() == 2;
    for (int i = 0; i < files.size(); i++) {
      Predictions file = files.get(i);
      out.printf(
          Locale.ROOT,
          "%s%s: %,d queries, %,d rows%s%n",
          two ? "AB".charAt(i) + " = " : "",
          file.source(),
          file.size(),
          file.rows(),
          file.isWeighted() ? ", weighted" : "");
    }
    out.println();
    printAligned(two ? comparison(evaluation) : single(evaluation));
    out.println();
    printNotes(evaluation, files);
  }

  private List<List<String>> single(PredictionEvaluation evaluation) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(withInterval(List.of("metric", "value"), percent() + " interval", "queries"));
    for (MetricReport report : evaluation.metrics()) {
      rows.add(
          withInterval(
              List.of(report.metric(), value(report.mean())),
              interval(report.interval()),
              Long.toString(report.mean().countedLists(options.emptyLists()))));
    }
    return rows;
  }

  private List<List<String>> comparison(PredictionEvaluation evaluation) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        withInterval(
            List.of("metric", "A", "B", "B - A"),
            percent() + " interval of B - A",
            "p (%s)".formatted(shown.test()),
            "B better",
            "worse"));
    for (MetricReport report : evaluation.metrics()) {
      MetricReport.Compared compared = report.compared();
      if (compared == null) {
        continue;
      }
      rows.add(
          withInterval(
              List.of(
                  report.metric(),
                  value(report.mean()),
                  value(compared.mean()),
                  signed(compared.comparison().difference())),
              interval(compared.differenceInterval()),
              pValue(shown.of(compared.comparison())),
              Integer.toString(compared.contest().wins()),
              Integer.toString(compared.contest().losses())));
    }
    return rows;
  }

  private void printNotes(PredictionEvaluation evaluation, List<Predictions> files) {
    boolean two = files.size() == 2;
    String lowerIsBetter =
        options.metrics().stream()
            .filter(metric -> metric.direction() == Direction.LOWER_IS_BETTER)
            .map(RankingMetric::name)
            .collect(Collectors.joining(", "));
    if (!lowerIsBetter.isEmpty()) {
      out.printf("Lower is better: %s.%n", lowerIsBetter);
    }
    for (int i = 0; i < files.size(); i++) {
      JudgedRows judged = files.get(i).judged();
      String of = two ? "AB".charAt(i) + ": " : "";
      if (judged.below0() > 0) {
        out.println(of + judged.leftOut());
      }
      if (!judged.problem().isEmpty()) {
        out.println("Warning: %s%s.".formatted(of, judged.problem()));
      }
    }
    MetricMean first = mostEmpty(evaluation);
    if (first.emptyLists() > 0) {
      out.printf(
          Locale.ROOT,
          "Queries without a relevant item: %,d of %,d, %s (--empty-lists).%n",
          first.emptyLists(),
          evaluation.queries(),
          emptyListsInWords());
    }
    if (first.weightlessLists() > 0) {
      out.printf(
          Locale.ROOT,
          "Queries whose weights sum to 0: %,d of %,d, not counted.%n",
          first.weightlessLists(),
          evaluation.queries());
    }
    if (evaluation.tiedQueries() > 0) {
      out.printf(
          Locale.ROOT,
          "Queries whose ties can change a metric: %,d, %s (--ties).%n",
          evaluation.tiedQueries(),
          tiesInWords());
    }
    if (two) {
      out.printf(
          Locale.ROOT,
          "Queries in both files: %,d; only in A: %,d; only in B: %,d.%n",
          evaluation.queries(),
          evaluation.onlyInFirst(),
          evaluation.onlyInSecond());
      if (evaluation.differentLabels() > 0) {
        out.printf(
            Locale.ROOT,
            "Warning: labels differ between the files; queries affected: %,d.%n",
            evaluation.differentLabels());
      }
      if (files.get(0).isWeighted() != files.get(1).isWeighted()) {
        out.println("Warning: only one of the files has weights, so the two means are not alike.");
      }
      out.println("p is two-sided: how often chance alone makes a difference at least this large.");
    }
    if (options.resamples() > 0) {
      out.printf(
          Locale.ROOT,
          "Intervals: bootstrap over queries, %,d draws, seed %d.%n",
          options.resamples(),
          options.seed());
    }
  }

  private String tiesInWords() {
    String ranked =
        options.ties().isRandom() ? "ranked at random" : "ranked in the order of the file";
    long averaged = options.metrics().stream().filter(TiesAveraged.class::isInstance).count();
    return averaged == 0
        ? ranked
        : averaged == options.metrics().size()
            ? "averaged over all their orders"
            : ranked + ", or averaged where the metric says so";
  }

  private String emptyListsInWords() {
    return switch (options.emptyLists()) {
      case AS_ZERO -> "counted as 0";
      case SKIP -> "skipped";
      case AS_ONE -> "counted as 1";
    };
  }

  private static MetricMean mostEmpty(PredictionEvaluation evaluation) {
    MetricMean most = MetricMean.EMPTY;
    for (MetricReport report : evaluation.metrics()) {
      if (report.mean().emptyLists() >= most.emptyLists()) {
        most = report.mean();
      }
    }
    return most;
  }

  private List<String> withInterval(List<String> before, String interval, String... after) {
    List<String> row = new ArrayList<>(before);
    if (options.resamples() > 0) {
      row.add(interval);
    }
    row.addAll(List.of(after));
    return row;
  }

  /** Left-aligns the first column and right-aligns the others. */
  private void printAligned(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String padding = " ".repeat(widths[c] - row.get(c).length());
        line.append(c == 0 ? "" : "  ")
            .append(c == 0 ? row.get(c) + padding : padding + row.get(c));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private String percent() {
    return String.format(Locale.ROOT, "%s %%", trimmed(100 * options.level()));
  }

  private static String trimmed(double number) {
    String text = String.format(Locale.ROOT, "%.2f", number);
    return text.replaceAll("\\.?0+$", "");
  }

  private String value(MetricMean mean) {
    OptionalDouble value = mean.value(options.emptyLists());
    return value.isPresent() ? number(value.getAsDouble()) : NOTHING;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String signed(double value) {
    return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, "%+.4f", value);
  }

  private static String pValue(double p) {
    return p < 0.0001 ? "<0.0001" : number(p);
  }

  private static String interval(@Nullable ConfidenceInterval interval) {
    return interval == null
        ? NOTHING
        : "[" + number(interval.low()) + ", " + number(interval.high()) + "]";
  }
}
