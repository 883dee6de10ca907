package io.rankline.feature.transform;

import io.rankline.data.ColumnLayout;
import io.rankline.data.DenseColumns;
import io.rankline.data.FloatColumn;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.ValueColumn;
import io.rankline.text.KnownNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the numbers of one feature stand in lists of one layout: in the dense block or in a column
 * of their own, in the context or in the examples.
 *
 * @param name feature name
 * @param width number of values that a row has
 * @param offset first column in the dense block of {@code stride} columns, or -1
 * @param stride number of columns of the dense block
 * @param column place among the columns that are not dense, or -1
 */
public record NumberColumns(String name, int width, int offset, int stride, int column)
    implements Serializable {

  /**
   * A feature of the context.
   *
   * @param width number of values that a row has, where it has a column of its own
   * @throws IllegalArgumentException if the layout has no such feature, or other values of it
   */
  public static NumberColumns ofContext(ListLayout layout, String name, int width) {
    return of(name, width, layout.contextDense(), layout.contextWidth(), layout.contextColumns());
  }

  /** A feature of the examples, as {@link #ofContext}. */
  public static NumberColumns ofExamples(ListLayout layout, String name, int width) {
    return of(name, width, layout.exampleDense(), layout.exampleWidth(), layout.exampleColumns());
  }

  private static NumberColumns of(
      String name, int width, List<DenseColumns> dense, int stride, List<ColumnLayout> columns) {
    List<String> known = new ArrayList<>();
    for (DenseColumns feature : dense) {
      if (feature.name().equals(name)) {
        if (feature.width() != width) {
          throw new IllegalArgumentException(
              "feature '%s' must have %s values, the data has %s"
                  .formatted(name, width, feature.width()));
        }
        return new NumberColumns(name, width, feature.offset(), stride, -1);
      }
      known.add(feature.name());
    }
    for (int c = 0; c < columns.size(); c++) {
      if (columns.get(c).name().equals(name)) {
        return new NumberColumns(name, width, -1, stride, c);
      }
      known.add(columns.get(c).name());
    }
    throw new IllegalArgumentException(
        "feature '%s' is not in the data%s"
            .formatted(
                name,
                known.isEmpty()
                    ? ""
                    : "; the nearest there is '%s'"
                        .formatted(KnownNames.nearestFirst(name, known).get(0))));
  }

  /**
   * Copies the values of some rows.
   *
   * @param dense the dense block, shape [all rows, stride]
   * @param columns the columns that are not dense
   * @param rows which rows, ascending
   * @return shape [rows.length, width]; NaN where a row has fewer values
   * @throws IllegalArgumentException for a row of more than {@code width} values, or of text
   */
  public float[] read(float[] dense, List<ValueColumn> columns, int[] rows) {
    float[] values = new float[Math.multiplyExact(rows.length, width)];
    if (column < 0) {
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(dense, rows[i] * stride + offset, values, i * width, width);
      }
      return values;
    }
    ValueColumn source = columns.get(column);
    for (int i = 0; i < rows.length; i++) {
      int start = source.start(rows[i]);
      int count = source.count(rows[i]);
      if (count > width) {
        throw new IllegalArgumentException(
            "feature '%s' has %s values in row %s; the model takes at most %s"
                .formatted(name, count, rows[i], width));
      }
      for (int v = 0; v < width; v++) {
        values[i * width + v] = v < count ? number(source, start + v) : Float.NaN;
      }
    }
    return values;
  }

  private float number(ValueColumn source, int v) {
    if (source instanceof FloatColumn floats) {
      return floats.values()[v];
    }
    if (source instanceof LongColumn longs) {
      return longs.values()[v];
    }
    throw new IllegalArgumentException("feature '%s' is text, not numbers".formatted(name));
  }
}
