package io.rankline.spark.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * Rows of words in columns. The first column stands left, the others right. Where a terminal is too
 * narrow, columns that can be spared go, least important first, and then the first column is cut,
 * in its middle: names that begin alike, as {@code custom_features_102}, are told apart by their
 * ends.
 */
public final class TextTable {

  private static final int GAP = 2;
  private static final int SHORTEST_NAME = 12;

  /**
   * One column.
   *
   * @param title its head
   * @param spare 0 for a column that stays; the column of the highest number goes first
   */
  public record Column(String title, int spare) {}

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  public void add(List<String> row) {
    rows.add(List.copyOf(row));
  }

  /** Writes the table, at most that many characters wide if it can be. */
  public void print(PrintWriter out, int width) {
    int[] widths = new int[columns.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = columns.get(c).title().length();
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    List<Integer> shown = new ArrayList<>();
    for (int c = 0; c < widths.length; c++) {
      shown.add(c);
    }
    TreeSet<Integer> spares = new TreeSet<>(Collections.reverseOrder());
    columns.forEach(column -> spares.add(column.spare()));
    spares.remove(0);
    for (int spare : spares) {
      if (total(widths, shown) <= width) {
        break;
      }
      shown.removeIf(c -> columns.get(c).spare() == spare);
    }
    int over = total(widths, shown) - width;
    if (over > 0) {
      widths[0] = Math.max(Math.min(SHORTEST_NAME, widths[0]), widths[0] - over);
    }
    print(out, widths, shown, columns.stream().map(Column::title).toList());
    rows.forEach(row -> print(out, widths, shown, row));
  }

  private static int total(int[] widths, List<Integer> shown) {
    return shown.stream().mapToInt(c -> widths[c] + GAP).sum() - GAP;
  }

  private static void print(PrintWriter out, int[] widths, List<Integer> shown, List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int c : shown) {
      String word = row.get(c);
      if (c == 0) {
        String name = cut(word, widths[0]);
        line.append(name).append(" ".repeat(widths[0] - name.length()));
      } else {
        line.append(" ".repeat(GAP + widths[c] - word.length())).append(word);
      }
    }
    out.println(line.toString().stripTrailing());
  }

  private static String cut(String name, int width) {
    if (name.length() <= width) {
      return name;
    }
    int end = (width - 1) / 2;
    return name.substring(0, width - 1 - end) + "…" + name.substring(name.length() - end);
  }
}
