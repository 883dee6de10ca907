package io.rankline.spark.evaluation;

import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.pipeline.explanation.FeatureImportance;
import io.rankline.pipeline.explanation.Importances;
import io.rankline.spark.terminal.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The importance of features as a person reads it, the most important first. */
public final class ImportanceTable {

  /** More rows are for a file. */
  private static final int ROWS = 20;

  private ImportanceTable() {}

  /** Prints it. */
  public static void print(PrintWriter out, Importances found, long seed) {
    out.printf(
        Locale.ROOT,
        "importance for %s (%s): %,d lists, %,d items, each feature permuted %s, seed %d%n%n",
        found.metric(),
        Double.isNaN(found.value()) ? "none" : String.format(Locale.ROOT, "%.4f", found.value()),
        found.lists(),
        found.items(),
        found.repeats() == 1 ? "once" : found.repeats() + " times",
        seed);
    if (found.lists() == 1) {
      out.printf(
          "One list tells nothing of others: it has no interval, and no other list to permute"
              + " features of the query with.%n%n");
    }
    boolean intervals = found.features().stream().anyMatch(each -> each.interval() != null);
    List<TextTable.Column> columns = new ArrayList<>();
    columns.add(new TextTable.Column("feature", 0));
    columns.add(new TextTable.Column("lost", 0));
    if (intervals) {
      columns.add(new TextTable.Column("interval", 0));
    }
    columns.add(new TextTable.Column("permuted among", 1));
    TextTable table = new TextTable(columns);
    int shown = Math.min(ROWS, found.features().size());
    for (FeatureImportance feature : found.features().subList(0, shown)) {
      List<String> row = new ArrayList<>(List.of(feature.feature(), signed(feature.lost())));
      if (intervals) {
        ConfidenceInterval interval = feature.interval();
        row.add(
            interval == null
                ? "-"
                : "[%s, %s]".formatted(signed(interval.low()), signed(interval.high())));
      }
      row.add(feature.permuted().words());
      table.add(row);
    }
    table.print(out, Integer.MAX_VALUE);
    if (shown < found.features().size()) {
      out.printf(
          Locale.ROOT,
          "and %,d less important features (--json has all)%n",
          found.features().size() - shown);
    }
    out.println();
  }

  private static String signed(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%+.4f", value);
  }
}
