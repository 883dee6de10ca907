package io.rankline.spark.source.write;

import io.rankline.spark.source.schema.SourceColumn;
import java.io.Serializable;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;

/**
 * A column of rows to be written.
 *
 * @param ordinal its place in the rows
 * @param column what it is
 * @param type its type, which may be wider than that of the records, as double is
 */
record InputColumn(int ordinal, SourceColumn column, DataType type) implements Serializable {

  String name() {
    return column.name();
  }

  /** The type of single values, below all arrays. */
  DataType valueType() {
    DataType value = type;
    while (value instanceof ArrayType array) {
      value = array.elementType();
    }
    return value;
  }

  /** How many arrays are around single values. */
  int depth() {
    int depth = 0;
    DataType value = type;
    while (value instanceof ArrayType array) {
      value = array.elementType();
      depth++;
    }
    return depth;
  }
}
