package io.rankline.spark.sweep;

import io.rankline.config.sweep.SweepParameter;
import io.rankline.pipeline.callback.Better;
import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.report.BarChart;
import io.rankline.pipeline.report.Block;
import io.rankline.pipeline.report.Chapter;
import io.rankline.pipeline.report.LineChart;
import io.rankline.pipeline.report.Listing;
import io.rankline.pipeline.report.Paragraph;
import io.rankline.pipeline.report.ReportPage;
import io.rankline.pipeline.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The outcome of a sweep as a page: what was best, every run, curves, and what values did. */
public final class SweepPage {

  /** As many as there are colours. */
  private static final int CURVES = 8;

  /** Values that differ by more than this factor are shown by their powers of ten. */
  private static final double WIDE = 20;

  private final SweepTable table;
  private final List<TrialResult> measured;

  private SweepPage(SweepTable table) {
    this.table = table;
    this.measured =
        table.ranked().stream()
            .filter(TrialResult::isDone)
            .filter(result -> result.value(table.monitor()).isPresent())
            .toList();
  }

  /**
   * The page.
   *
   * @param title of the page
   * @param configuration of every run, without what differs; none if empty
   */
  public static ReportPage of(String title, SweepTable table, String configuration) {
    return new SweepPage(table).page(title, configuration);
  }

  private ReportPage page(String title, String configuration) {
    List<Chapter> chapters = new ArrayList<>();
    chapters.add(new Chapter("Runs", List.of(runs())));
    List<Block> failures = new ArrayList<>();
    for (TrialResult result : table.ranked()) {
      if (!result.isDone()) {
        failures.add(new Paragraph(result.trial().label() + ": " + result.failure()));
      }
    }
    if (!failures.isEmpty()) {
      chapters.add(new Chapter("Failed runs", failures));
    }
    if (!measured.isEmpty()) {
      chapters.add(new Chapter("Curves", List.of(curves())));
      List<Block> charts = new ArrayList<>();
      table.plan().parameters().forEach(parameter -> charts.add(chart(parameter)));
      chapters.add(new Chapter("Parameters", charts));
    }
    if (!configuration.isEmpty()) {
      chapters.add(new Chapter("Configuration", List.of(new Listing(configuration))));
    }
    return new ReportPage(title, verdict(), facts(), chapters);
  }

  private String metric() {
    return table.monitor().name();
  }

  private double valueOf(TrialResult result) {
    return result.value(table.monitor()).orElse(Double.NaN);
  }

  private String verdict() {
    if (measured.isEmpty()) {
      return "No run ended with a finite %s.".formatted(metric());
    }
    TrialResult best = measured.get(0);
    return "Best of %s: %s, with %s %s."
        .formatted(
            table.ranked().size(), best.trial().label(), metric(), EpochLine.number(valueOf(best)));
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Runs", Integer.toString(table.ranked().size()));
    long failed = table.ranked().stream().filter(result -> !result.isDone()).count();
    if (failed > 0) {
      facts.put("Failed", Long.toString(failed));
    }
    facts.put(
        "Ranked by",
        "%s, %s is better"
            .formatted(metric(), table.monitor().better() == Better.HIGHER ? "higher" : "lower"));
    facts.put(
        "Time of all runs",
        EpochLine.duration(
            table.ranked().stream().map(TrialResult::time).reduce(Duration.ZERO, Duration::plus)));
    return facts;
  }

  private Table runs() {
    List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.number("rank")));
    table.plan().parameters().forEach(each -> columns.add(column(each)));
    for (String name : List.of(metric(), "epoch", "of", "time")) {
      columns.add(Table.Column.number(name));
    }
    columns.add(Table.Column.text("folder"));
    List<List<String>> rows = new ArrayList<>();
    for (TrialResult result : table.ranked()) {
      List<String> row = new ArrayList<>();
      row.add(result.isDone() ? Integer.toString(rows.size() + 1) : "failed");
      table
          .plan()
          .parameters()
          .forEach(each -> row.add(result.trial().values().getOrDefault(each.key(), "")));
      boolean known = !Double.isNaN(valueOf(result));
      row.add(known ? String.format(Locale.ROOT, "%.4f", valueOf(result)) : "none");
      row.add(result.best(table.monitor()).map(epoch -> "" + epoch.epoch()).orElse(""));
      row.add(Integer.toString(result.epochs().size()));
      row.add(EpochLine.duration(result.time()));
      row.add(result.trial().folder());
      rows.add(row);
    }
    return new Table(columns, rows, measured.isEmpty() ? OptionalInt.empty() : OptionalInt.of(0));
  }

  private Table.Column column(SweepParameter parameter) {
    String name = table.plan().shortKey(parameter);
    return table.ranked().stream().allMatch(result -> isNumber(textOf(result, parameter)))
        ? Table.Column.number(name)
        : Table.Column.text(name);
  }

  private LineChart curves() {
    List<TrialResult> shown = measured.subList(0, Math.min(CURVES, measured.size()));
    List<LineChart.Series> series = new ArrayList<>();
    for (TrialResult result : shown) {
      series.add(
          new LineChart.Series(
              result.trial().label(),
              result.epochs().stream().mapToDouble(EpochResult::epoch).toArray(),
              result.epochs().stream()
                  .mapToDouble(epoch -> epoch.value(metric()).orElse(Double.NaN))
                  .toArray()));
    }
    String title =
        shown.size() < measured.size()
            ? "%s of the best %s runs".formatted(metric(), shown.size())
            : metric();
    return new LineChart(title, "epoch", series);
  }

  /** A dot a run where values are numbers, else a bar a value for the best run that has it. */
  private Block chart(SweepParameter parameter) {
    String name = table.plan().shortKey(parameter);
    List<TrialResult> byValue = new ArrayList<>(measured);
    boolean numbers =
        byValue.stream().allMatch(result -> isNumber(textOf(result, parameter)))
            && byValue.stream().map(result -> textOf(result, parameter)).distinct().count() > 1;
    return numbers ? dots(parameter, name, byValue) : bars(parameter, name, byValue);
  }

  private LineChart dots(SweepParameter parameter, String name, List<TrialResult> runs) {
    runs.sort(Comparator.comparingDouble(result -> Double.parseDouble(textOf(result, parameter))));
    double[] places =
        runs.stream()
            .mapToDouble(result -> Double.parseDouble(textOf(result, parameter)))
            .toArray();
    boolean wide = places[0] > 0 && places[places.length - 1] / places[0] >= WIDE;
    // A gap after each run, so that dots are not joined: other parameters differ too.
    double[] x = new double[2 * places.length];
    double[] y = new double[2 * places.length];
    Arrays.fill(y, Double.NaN);
    for (int k = 0; k < places.length; k++) {
      double place = wide ? Math.log10(places[k]) : places[k];
      x[2 * k] = place;
      x[2 * k + 1] = place;
      y[2 * k] = valueOf(runs.get(k));
    }
    return new LineChart(
        "%s by %s".formatted(metric(), name),
        wide ? name + ", power of ten" : name,
        List.of(new LineChart.Series(metric(), x, y)));
  }

  private Block bars(SweepParameter parameter, String name, List<TrialResult> runs) {
    Map<String, Double> best = new LinkedHashMap<>();
    // Runs stand in the order of their ranks, so the first one of a value is its best.
    runs.forEach(result -> best.putIfAbsent(textOf(result, parameter), valueOf(result)));
    if (best.values().stream().anyMatch(value -> value < 0)) {
      return new Paragraph("%s: values below 0 have no bars".formatted(name));
    }
    return new BarChart(
        "Best %s by %s".formatted(metric(), name),
        name,
        List.copyOf(best.keySet()),
        List.of(
            new BarChart.Series(
                metric(),
                best.values().stream().mapToDouble(Double::doubleValue).toArray(),
                best.values().stream().map(EpochLine::number).toList())));
  }

  private static String textOf(TrialResult result, SweepParameter parameter) {
    return result.trial().values().getOrDefault(parameter.key(), "");
  }

  private static boolean isNumber(String text) {
    return text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
  }
}
