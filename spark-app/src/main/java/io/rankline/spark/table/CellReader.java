package io.rankline.spark.table;

import io.rankline.data.BytesColumn;
import io.rankline.data.FloatColumn;
import io.rankline.data.LongColumn;
import io.rankline.data.ValueColumn;
import io.rankline.text.ByteText;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.collection.mutable.WrappedArray;

/** Cells of Spark's rows (numbers, text, arrays, vectors) as the values that lists hold. */
public final class CellReader {

  /** Beyond it not every integer is a double. */
  private static final double LARGEST_WHOLE = 1L << 53;

  private static final BigDecimal BEYOND_INT64 =
      BigDecimal.valueOf(Long.MAX_VALUE).add(BigDecimal.ONE);

  private CellReader() {}

  /** Puts a cell of floats, not null, into {@code target} from {@code to} on. */
  static void floats(TableColumn column, Object cell, float[] target, int to) throws CellFault {
    int width = column.width();
    if (cell instanceof Vector vector) {
      requireCount(column, vector.size());
      double[] values = vector.toArray();
      for (int i = 0; i < width; i++) {
        target[to + i] = number(column, values[i]);
      }
    } else if (cell instanceof WrappedArray<?> wrapped && wrapped.array() instanceof float[] bare) {
      requireCount(column, bare.length);
      for (int i = 0; i < width; i++) {
        target[to + i] = number(column, bare[i]);
      }
    } else if (cell instanceof WrappedArray<?> wrapped
        && wrapped.array() instanceof double[] bare) {
      requireCount(column, bare.length);
      for (int i = 0; i < width; i++) {
        target[to + i] = number(column, bare[i]);
      }
    } else if (cell instanceof Seq<?> values) {
      requireCount(column, values.size());
      for (int i = 0; i < width; i++) {
        target[to + i] = number(column, element(column, values.apply(i)));
      }
    } else {
      requireCount(column, 1);
      target[to] = number(column, cell);
    }
  }

  /**
   * The values of a cell, not null, as the only row of a column.
   *
   * @throws CellFault for a cell that holds none of the column's type
   */
  public static ValueColumn values(TableColumn column, Object cell) throws CellFault {
    List<?> values = listOf(cell);
    requireCount(column, values.size());
    int count = values.size();
    int[] row = {0, count};
    switch (column.dtype()) {
      case FLOAT32 -> {
        float[] floats = new float[count];
        for (int v = 0; v < count; v++) {
          floats[v] = number(column, element(column, values.get(v)));
        }
        return new FloatColumn(floats, row);
      }
      case INT64 -> {
        long[] longs = new long[count];
        for (int v = 0; v < count; v++) {
          longs[v] = integer(column, element(column, values.get(v)));
        }
        return new LongColumn(longs, row);
      }
      case STRING -> {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] ends = new int[count];
        for (int v = 0; v < count; v++) {
          bytes.writeBytes(bytes(element(column, values.get(v))));
          ends[v] = bytes.size();
        }
        return new BytesColumn(bytes.toByteArray(), ends, row);
      }
    }
    throw new IllegalStateException("no type " + column.dtype());
  }

  /** The number of a label or weight. */
  static float number(TableColumn column, Object cell) throws CellFault {
    if (cell instanceof BigDecimal decimal && losesDigits(decimal)) {
      throw new CellFault(
          column,
          "is %s, whose digits neither int64 nor float32 holds; describe it as string (configuration, --spec)"
              .formatted(decimal));
    }
    return number(column, real(column, cell));
  }

  /** Of whole numbers such ids as hashes: one of 1e20 was no more than a float to begin with. */
  private static boolean losesDigits(BigDecimal decimal) {
    return decimal.abs().compareTo(BEYOND_INT64) >= 0
        && decimal.stripTrailingZeros().scale() <= 0
        && decimal.compareTo(new BigDecimal(decimal.doubleValue())) != 0;
  }

  private static float number(TableColumn column, double value) throws CellFault {
    float number = (float) requireNumber(column, value);
    if (Float.isInfinite(number)) {
      throw new CellFault(column, "is %s, which is no finite float".formatted(value));
    }
    return number;
  }

  static long integer(TableColumn column, Object cell) throws CellFault {
    if (cell instanceof Long || cell instanceof Integer) {
      return ((Number) cell).longValue();
    }
    if (cell instanceof BigDecimal decimal && decimal.stripTrailingZeros().scale() <= 0) {
      return whole(column, decimal);
    }
    double value = real(column, cell);
    if (value != Math.rint(value) || Math.abs(value) > LARGEST_WHOLE) {
      throw new CellFault(
          column,
          "is %s, but its type is int64; describe it as float32 (configuration, --spec,"
                  .formatted(cell)
              + " --label-dtype)");
    }
    return (long) value;
  }

  /** A cell that names something, as text: 7.0 is called 7. */
  public static String nameOf(Object cell) {
    return cell instanceof Double number
            && number == Math.rint(number)
            && Math.abs(number) <= LARGEST_WHOLE
        ? String.valueOf(number.longValue())
        : text(cell);
  }

  /** A cell as text, other cells as other texts. */
  public static String text(Object cell) {
    return cell instanceof byte[] bytes ? ByteText.of(bytes) : String.valueOf(cell);
  }

  private static double real(TableColumn column, Object cell) throws CellFault {
    double value = Double.NaN;
    if (cell instanceof Number number) {
      value = number.doubleValue();
    } else if (cell instanceof Boolean truth) {
      value = truth ? 1 : 0;
    } else {
      String text = text(cell);
      try {
        value = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw new CellFault(column, "is '%s', which is no number%s".formatted(text, wayOut(text)));
      }
    }
    return requireNumber(column, value);
  }

  /** A word in the place of a number stands for a missing one, as a rule. */
  private static String wayOut(String text) {
    return text.chars().anyMatch(Character::isDigit)
        ? ""
        : " (where it stands for a missing one, CSV's option missing=%s says so)".formatted(text);
  }

  private static double requireNumber(TableColumn column, double value) throws CellFault {
    if (Double.isNaN(value)) {
      throw new CellFault(column, "is NaN");
    }
    return value;
  }

  private static long whole(TableColumn column, BigDecimal decimal) throws CellFault {
    try {
      return decimal.longValueExact();
    } catch (ArithmeticException e) {
      throw new CellFault(column, "is %s, which is no int64".formatted(decimal));
    }
  }

  private static byte[] bytes(Object cell) {
    return cell instanceof byte[] bytes ? bytes : text(cell).getBytes(StandardCharsets.UTF_8);
  }

  private static Object element(TableColumn column, @Nullable Object value) throws CellFault {
    if (value == null) {
      throw new CellFault(column, "holds null among its values");
    }
    return value;
  }

  private static List<?> listOf(Object cell) {
    if (cell instanceof Vector vector) {
      return Arrays.stream(vector.toArray()).boxed().toList();
    }
    return cell instanceof Seq<?> values ? JavaConverters.seqAsJavaList(values) : List.of(cell);
  }

  private static void requireCount(TableColumn column, int count) throws CellFault {
    if (column.width() != TableColumn.ANY_WIDTH && column.width() != count) {
      throw new CellFault(column, "has %s values, not %s".formatted(count, column.width()));
    }
  }
}
