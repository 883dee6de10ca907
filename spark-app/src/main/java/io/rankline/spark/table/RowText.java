package io.rankline.spark.table;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Rows and their faults in messages. */
public final class RowText {

  /** Cells of a row that a message shows, and letters of all of them. */
  private static final int SHOWN_CELLS = 8;

  private static final int SHOWN_LETTERS = 200;

  private RowText() {}

  /**
   * The first cells of a row with their names.
   *
   * @param schema of the cells that count
   */
  public static String of(StructType schema, Row row) {
    List<String> cells = new ArrayList<>();
    for (int c = 0; c < Math.min(schema.length(), SHOWN_CELLS); c++) {
      cells.add(schema.fields()[c].name() + "=" + cell(row.get(c)));
    }
    String text = String.join(", ", cells);
    boolean isWhole = schema.length() <= SHOWN_CELLS && text.length() <= SHOWN_LETTERS;
    return "{%s%s}".formatted(shortened(text), isWhole ? "" : ", ...");
  }

  /** A cell as a message shows it: arrays in brackets, as vectors are. */
  static String cell(@Nullable Object cell) {
    return cell instanceof Seq<?> values
        ? JavaConverters.seqAsJavaList(values).stream()
            .map(RowText::cell)
            .collect(Collectors.joining(",", "[", "]"))
        : cell == null ? "null" : CellReader.text(cell);
  }

  /** The first letters of a text. */
  public static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), SHOWN_LETTERS));
  }

  /**
   * A fault of a row, with its query and the row.
   *
   * @param query null where it is not known
   */
  public static String fault(@Nullable String query, CellFault fault, StructType schema, Row row) {
    return "%s%s; the row is %s"
        .formatted(
            query == null ? "" : "query '%s': ".formatted(query),
            fault.getMessage(),
            of(schema, row));
  }
}
