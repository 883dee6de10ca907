package io.rankline.pipeline.report;

import java.util.List;
import java.util.OptionalInt;

/**
 * A table. Long ones scroll under their header on a screen, and are printed as a whole.
 *
 * @param columns the header
 * @param rows texts of each row, one a column
 * @param marked the row that stands out, from 0
 */
public record Table(List<Column> columns, List<List<String>> rows, OptionalInt marked)
    implements Block {

  /** What a column holds: numbers are aligned on the right. */
  public enum Kind {
    TEXT,
    NUMBER
  }

  /** A column under a name. */
  public record Column(String name, Kind kind) {

    /** A column of texts. */
    public static Column text(String name) {
      return new Column(name, Kind.TEXT);
    }

    /** A column of numbers. */
    public static Column number(String name) {
      return new Column(name, Kind.NUMBER);
    }
  }

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).size() != columns.size()) {
        throw new IllegalArgumentException(
            "row %s of a table must have %s texts, got %s"
                .formatted(i, columns.size(), rows.get(i).size()));
      }
    }
    if (marked.isPresent() && (marked.getAsInt() < 0 || marked.getAsInt() >= rows.size())) {
      throw new IllegalArgumentException(
          "the marked row must be in [0, %s), got %s".formatted(rows.size(), marked.getAsInt()));
    }
  }

  /** A table without a marked row. */
  public Table(List<Column> columns, List<List<String>> rows) {
    this(columns, rows, OptionalInt.empty());
  }
}
