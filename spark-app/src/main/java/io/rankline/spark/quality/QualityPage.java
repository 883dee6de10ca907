package io.rankline.spark.quality;

import io.rankline.metric.RankingMetric;
import io.rankline.metric.significance.Comparison;
import io.rankline.pipeline.report.Block;
import io.rankline.pipeline.report.Chapter;
import io.rankline.pipeline.report.IntervalChart;
import io.rankline.pipeline.report.Listing;
import io.rankline.pipeline.report.Paragraph;
import io.rankline.pipeline.report.ReportPage;
import io.rankline.pipeline.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What configurations reach as a page: means, differences, folds and seeds, configurations. */
public final class QualityPage {

  private final QualityTable table;
  private final QualityText text;

  private QualityPage(QualityTable table) {
    this.table = table;
    this.text = new QualityText(table);
  }

  /**
   * The page.
   *
   * @param contestants whose configurations are shown
   */
  public static ReportPage of(QualityTable table, List<Contestant> contestants) {
    return new QualityPage(table).page(contestants);
  }

  private ReportPage page(List<Contestant> contestants) {
    List<Chapter> chapters = new ArrayList<>();
    chapters.add(new Chapter("Configurations", overview()));
    for (int metric = 0; metric < table.options().metrics().size(); metric++) {
      List<Block> blocks = new ArrayList<>();
      differences(metric).ifPresent(blocks::add);
      blocks.add(folds(metric));
      chapters.add(new Chapter(table.options().metrics().get(metric).name(), blocks));
    }
    List<Block> configurations = new ArrayList<>();
    for (Contestant each : contestants) {
      configurations.add(new Paragraph(each.name()));
      configurations.add(new Listing(each.run().text()));
    }
    chapters.add(new Chapter("What was trained", configurations));
    return new ReportPage("Quality", text.verdict(), facts(), chapters);
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Data", table.data());
    facts.put("Queries", String.format(Locale.ROOT, "%,d", table.queries()));
    facts.put("Folds", "%s, by the hash of the query".formatted(table.folds().count()));
    facts.put("Seeds", Integer.toString(table.seeds()));
    facts.put("Baseline", table.baseline());
    return facts;
  }

  private List<Block> overview() {
    List<Table.Column> columns = new ArrayList<>();
    for (String head : text.heads()) {
      columns.add(columns.isEmpty() ? Table.Column.text(head) : Table.Column.number(head));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Table(columns, table.scores().stream().map(text::row).toList(), best()));
    blocks.add(
        new Paragraph(
            "Means over all queries, each scored by models that saw it neither in training nor in"
                + " validation, with their standard errors; differences are paired by query, p is"
                + " of the permutation test. Of each training, the model of the best epoch by its"
                + " validation fold counts where the configuration exports it, otherwise the last"
                + " one. Items of equal score rank at random. Time is that of all epochs; of an"
                + " ensemble, of all members."));
    text.failures().forEach(failure -> blocks.add(new Paragraph(failure)));
    return blocks;
  }

  private OptionalInt best() {
    RankingMetric metric = table.options().metrics().get(0);
    OptionalInt best = OptionalInt.empty();
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < table.scores().size(); c++) {
      double mean =
          table.value(table.scores().get(c), 0).map(QualityTable.Value::mean).orElse(Double.NaN);
      double good = QualityText.isHigherBetter(metric) ? mean : -mean;
      if (good > most) {
        most = good;
        best = OptionalInt.of(c);
      }
    }
    return best;
  }

  private Optional<Block> differences(int metric) {
    List<IntervalChart.Row> rows = new ArrayList<>();
    for (QualityScores scores : table.scores()) {
      Comparison of = table.value(scores, metric).map(QualityTable.Value::difference).orElse(null);
      if (of != null) {
        double two = 2 * of.standardError();
        rows.add(
            new IntervalChart.Row(
                scores.name(),
                of.difference(),
                of.difference() - two,
                of.difference() + two,
                QualityText.plusMinus("%+.4f", of.difference(), of.standardError())));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new IntervalChart(
                "Difference from %s, and two standard errors".formatted(table.baseline()),
                table.options().metrics().get(metric).name(),
                rows));
  }

  private Table folds(int metric) {
    List<Table.Column> columns = new ArrayList<>(List.of(Table.Column.text("configuration")));
    for (int fold = 1; fold <= table.folds().count(); fold++) {
      columns.add(Table.Column.number("fold " + fold));
    }
    for (int seed = 1; seed <= table.seeds() && table.seeds() > 1; seed++) {
      columns.add(Table.Column.number("seed " + seed));
    }
    List<List<String>> rows = new ArrayList<>();
    for (QualityScores scores : table.scores()) {
      table
          .value(scores, metric)
          .ifPresent(
              value -> {
                List<String> row = new ArrayList<>(List.of(scores.name()));
                value.folds().forEach(mean -> row.add(number(mean)));
                if (table.seeds() > 1) {
                  value.seeds().forEach(mean -> row.add(number(mean)));
                }
                rows.add(row);
              });
    }
    return new Table(columns, rows);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
