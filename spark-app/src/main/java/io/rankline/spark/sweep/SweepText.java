package io.rankline.spark.sweep;

import io.rankline.config.sweep.SweepParameter;
import io.rankline.io.Folder;
import io.rankline.pipeline.callback.EpochLine;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.spark.terminal.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The outcome of a sweep for a terminal: its runs, the best first, and where everything lies.
 *
 * @param table the outcome
 */
public record SweepText(SweepTable table) {

  /**
   * Prints it.
   *
   * @param folder of the sweep
   */
  public void print(PrintWriter out, Folder folder) {
    TextTable text = new TextTable(columns());
    int rank = 0;
    for (TrialResult result : table.ranked()) {
      text.add(row(result, result.isDone() ? Integer.toString(++rank) : "failed"));
    }
    out.println();
    text.print(out, Integer.MAX_VALUE);
    out.println();
    printGroups(out);
    TrialResult best = table.ranked().get(0);
    if (best.isDone()) {
      out.println("best    " + best.modelDir());
    }
    out.println("report  " + folder.path() + "/sweep.html");
    out.println("table   " + folder.path() + "/sweep.csv, sweep.json");
    out.flush();
  }

  private void printGroups(PrintWriter out) {
    SweepGroups groups = SweepGroups.of(table);
    if (groups.groups().isEmpty()) {
      return;
    }
    List<TextTable.Column> columns = new ArrayList<>();
    groups
        .parameters()
        .forEach(each -> columns.add(new TextTable.Column(table.plan().shortKey(each), 0)));
    columns.add(new TextTable.Column("runs", 0));
    columns.add(new TextTable.Column(table.monitor().name() + ", mean and standard error", 0));
    TextTable text = new TextTable(columns);
    for (SweepGroups.Group group : groups.groups()) {
      List<String> row = new ArrayList<>(group.values().values());
      row.add(Integer.toString(group.runs()));
      row.add(
          group.runs() == 1
              ? String.format(Locale.ROOT, "%.4f", group.mean())
              : String.format(Locale.ROOT, "%.4f ± %.4f", group.mean(), group.standardError()));
      text.add(row);
    }
    text.print(out, Integer.MAX_VALUE);
    out.println();
  }

  /** The value that runs are ranked by, with four decimals; a dash where a run has none. */
  static String value(TrialResult result, Monitor monitor) {
    return result.value(monitor).isPresent()
        ? String.format(Locale.ROOT, "%.4f", result.value(monitor).getAsDouble())
        : "-";
  }

  private List<TextTable.Column> columns() {
    List<TextTable.Column> columns = new ArrayList<>(List.of(new TextTable.Column("rank", 0)));
    for (SweepParameter parameter : table.plan().parameters()) {
      columns.add(new TextTable.Column(table.plan().shortKey(parameter), 0));
    }
    columns.add(new TextTable.Column(table.monitor().name(), 0));
    columns.add(new TextTable.Column("epoch", 2));
    columns.add(new TextTable.Column("of", 2));
    columns.add(new TextTable.Column("time", 1));
    return columns;
  }

  private List<String> row(TrialResult result, String rank) {
    List<String> row = new ArrayList<>(List.of(rank));
    for (SweepParameter parameter : table.plan().parameters()) {
      row.add(result.trial().values().getOrDefault(parameter.key(), ""));
    }
    row.add(value(result, table.monitor()));
    row.add(result.best(table.monitor()).map(epoch -> "" + epoch.epoch()).orElse("-"));
    row.add(Integer.toString(result.epochs().size()));
    row.add(EpochLine.duration(result.time()));
    return row;
  }
}
