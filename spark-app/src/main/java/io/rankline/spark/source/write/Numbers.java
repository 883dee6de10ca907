package io.rankline.spark.source.write;

import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.ShortType;

/** Single values of Spark's rows and arrays as the values that records hold. */
final class Numbers {

  private Numbers() {}

  static float toFloat(SpecializedGetters from, int at, DataType type) {
    if (type instanceof FloatType) {
      return from.getFloat(at);
    }
    return type instanceof DoubleType ? (float) from.getDouble(at) : toLong(from, at, type);
  }

  /** Whether the value was infinite before it became a float. */
  static boolean isInfinite(SpecializedGetters from, int at, DataType type) {
    return type instanceof DoubleType
        ? Double.isInfinite(from.getDouble(at))
        : Float.isInfinite(toFloat(from, at, type));
  }

  static long toLong(SpecializedGetters from, int at, DataType type) {
    if (type instanceof IntegerType) {
      return from.getInt(at);
    }
    if (type instanceof ShortType) {
      return from.getShort(at);
    }
    if (type instanceof ByteType) {
      return from.getByte(at);
    }
    if (type instanceof BooleanType) {
      return from.getBoolean(at) ? 1 : 0;
    }
    return from.getLong(at);
  }

  static byte[] toBytes(SpecializedGetters from, int at, DataType type) {
    return type instanceof BinaryType ? from.getBinary(at) : from.getUTF8String(at).getBytes();
  }
}
