package io.rankline.spark.table;

import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Function1;
import scala.collection.mutable.WrappedArray;

/**
 * A row in Spark's own form, of which only the cells that are asked for become objects. Arrays of
 * floats and doubles are sequences over the bare array.
 */
public final class UnboxedRow implements Row {

  private static final long serialVersionUID = 1;

  private final InternalRow cells;
  private final Form form;

  /** How the cells of rows of one schema become objects. */
  private static final class Form {
    private final DataType[] types;
    private final Function1<Object, Object>[] converters;

    @SuppressWarnings("unchecked") // an array of generic functions
    Form(StructType schema) {
      this.types = Stream.of(schema.fields()).map(StructField::dataType).toArray(DataType[]::new);
      this.converters =
          Stream.of(types)
              .map(CatalystTypeConverters::createToScalaConverter)
              .toArray(Function1[]::new);
    }
  }

  private UnboxedRow(InternalRow cells, Form form) {
    this.cells = cells;
    this.form = form;
  }

  /**
   * Views of rows.
   *
   * @param rows of the schema, none of which changes after it was given
   */
  public static Iterator<UnboxedRow> views(Iterator<InternalRow> rows, StructType schema) {
    Form form = new Form(schema);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public UnboxedRow next() {
        return new UnboxedRow(rows.next(), form);
      }
    };
  }

  /**
   * The row in Spark's own form, with further cells behind its own.
   *
   * @param more numbers, nulls and arrays of them
   */
  public InternalRow with(@Nullable Object[] more) {
    Object[] converted =
        Stream.of(more)
            .map(cell -> cell instanceof Object[] array ? new GenericArrayData(array) : cell)
            .toArray();
    return new JoinedRow(cells, new GenericInternalRow(converted));
  }

  @Override
  public int length() {
    return form.types.length;
  }

  @Override
  public boolean isNullAt(int column) {
    return cells.isNullAt(column);
  }

  @Override
  public @Nullable Object get(int column) {
    if (cells.isNullAt(column)) {
      return null;
    }
    DataType type = form.types[column];
    if (type instanceof ArrayType of) {
      ArrayData array = cells.getArray(column);
      boolean whole = !of.containsNull() || !hasNull(array);
      if (whole && of.elementType() instanceof FloatType) {
        return new WrappedArray.ofFloat(array.toFloatArray());
      }
      if (whole && of.elementType() instanceof DoubleType) {
        return new WrappedArray.ofDouble(array.toDoubleArray());
      }
    }
    return form.converters[column].apply(cells.get(column, type));
  }

  @Override
  public Row copy() {
    return new UnboxedRow(cells.copy(), form);
  }

  private static boolean hasNull(ArrayData array) {
    return IntStream.range(0, array.numElements()).anyMatch(array::isNullAt);
  }
}
