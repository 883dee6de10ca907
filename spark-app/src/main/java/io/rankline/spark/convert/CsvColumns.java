package io.rankline.spark.convert;

import io.rankline.spark.table.NamedColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * What the first rows of a CSV say of its columns beyond the types that Spark finds: to Spark a
 * single {@code NA} makes text of numbers, and every whole number can be a float.
 *
 * @param numbers columns that are text to Spark and hold numbers, but for a few cells
 * @param whole columns of whole numbers that no float32 holds
 */
record CsvColumns(Set<String> numbers, Set<String> whole) {

  /** No more than is known without a look at the rows. */
  static final CsvColumns NONE = new CsvColumns(Set.of(), Set.of());

  /** So many rows show what a column is. */
  private static final int ROWS = 10_000;

  /** Of the cells of a column of numbers, at most this share is something else. */
  private static final double MOST_OTHERS = 0.01;

  /** Beyond it not every whole number is a float32. */
  private static final long LARGEST_FLOAT = 1 << 24;

  /** What tools write for a number that is missing or infinite. */
  private static final Set<String> NO_NUMBERS =
      Set.of(
          "", "nan", "na", "n/a", "null", "none", "inf", "+inf", "-inf", "infinity", "-infinity");

  /**
   * Looks at a table.
   *
   * @param except the column that tells queries apart, whose values are names
   */
  static CsvColumns of(Dataset<Row> table, String except) {
    List<String> names = new ArrayList<>();
    for (StructField field : table.schema().fields()) {
      boolean looked =
          field.dataType().equals(DataTypes.StringType)
              || field.dataType().equals(DataTypes.IntegerType)
              || field.dataType().equals(DataTypes.LongType);
      if (looked && !field.name().equals(except)) {
        names.add(field.name());
      }
    }
    if (names.isEmpty()) {
      return NONE;
    }
    List<Row> rows =
        table
            .select(names.stream().map(NamedColumn::of).toArray(Column[]::new))
            .limit(ROWS)
            .collectAsList();
    Set<String> numbers = new HashSet<>();
    Set<String> whole = new HashSet<>();
    for (int c = 0; c < names.size(); c++) {
      int at = c;
      List<Object> cells = new ArrayList<>();
      rows.stream().filter(row -> !row.isNullAt(at)).forEach(row -> cells.add(row.get(at)));
      if (areNumbers(cells)) {
        numbers.add(names.get(c));
      }
      if (cells.stream().anyMatch(CsvColumns::isLarge)) {
        whole.add(names.get(c));
      }
    }
    return new CsvColumns(Set.copyOf(numbers), Set.copyOf(whole));
  }

  /** Whether texts are numbers, but for such that mean none and a few others. */
  private static boolean areNumbers(List<Object> cells) {
    int numbers = 0;
    int others = 0;
    for (Object cell : cells) {
      if (!(cell instanceof String text)) {
        return false;
      }
      String bare = text.strip();
      if (NO_NUMBERS.contains(bare.toLowerCase(Locale.ROOT))) {
        continue;
      }
      if (number(bare) == null) {
        others++;
      } else {
        numbers++;
      }
    }
    return numbers > 0 && others <= MOST_OTHERS * (numbers + others);
  }

  private static @Nullable Double number(String text) {
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return null; // which is the answer
    }
  }

  private static boolean isLarge(Object cell) {
    return cell instanceof Number number && Math.abs(number.longValue()) > LARGEST_FLOAT;
  }
}
