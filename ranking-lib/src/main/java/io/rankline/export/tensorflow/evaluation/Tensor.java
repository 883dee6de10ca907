package io.rankline.export.tensorflow.evaluation;

import io.rankline.export.graph.Shapes;
import io.rankline.export.tensorflow.proto.DataType;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;

/**
 * Values with a shape.
 *
 * @param shape sizes of its dimensions; none for one value alone
 * @param values the last dimension first: float[], long[] for integers of any width, boolean[],
 *     byte[][] for texts; any object for a resource
 */
record Tensor(DataType type, int[] shape, Object values) {

  static Tensor of(float[] values, int... shape) {
    return new Tensor(DataType.DT_FLOAT, shape, values);
  }

  static Tensor of(DataType type, long[] values, int... shape) {
    return new Tensor(type, shape, values);
  }

  static Tensor of(boolean[] values, int... shape) {
    return new Tensor(DataType.DT_BOOL, shape, values);
  }

  static Tensor of(byte[][] values, int... shape) {
    return new Tensor(DataType.DT_STRING, shape, values);
  }

  /** Texts as a vector. */
  static Tensor ofTexts(List<byte[]> texts) {
    return of(texts.toArray(new byte[0][]), texts.size());
  }

  /** Room for values of a type. */
  static Object room(DataType type, int size) {
    return switch (type) {
      case DT_FLOAT -> new float[size];
      case DT_INT32, DT_INT64 -> new long[size];
      case DT_BOOL -> new boolean[size];
      case DT_STRING -> {
        byte[][] texts = new byte[size][];
        Arrays.fill(texts, new byte[0]);
        yield texts;
      }
      default -> throw new IllegalArgumentException("no tensors of " + type);
    };
  }

  float[] floats() {
    return (float[]) values;
  }

  long[] longs() {
    return (long[]) values;
  }

  boolean[] truths() {
    return (boolean[]) values;
  }

  byte[][] texts() {
    return (byte[][]) values;
  }

  int size() {
    return Array.getLength(values);
  }

  /** Integers as sizes or places. */
  int[] ints() {
    return Arrays.stream(longs()).mapToInt(Math::toIntExact).toArray();
  }

  /** The one integer it holds. */
  int only() {
    int[] all = ints();
    if (all.length != 1) {
      throw new IllegalArgumentException("one number is expected, got " + all.length);
    }
    return all[0];
  }

  boolean isFloat() {
    return type == DataType.DT_FLOAT;
  }

  /** The same values in another shape. */
  Tensor shaped(int... newShape) {
    if (Shapes.size(newShape) != size()) {
      throw new IllegalArgumentException(
          "%s values do not fill %s".formatted(size(), Arrays.toString(newShape)));
    }
    return new Tensor(type, newShape, values);
  }

  /** The values that stand at some places. */
  Tensor picked(int[] places, int... newShape) {
    Object picked = room(type, places.length);
    for (int i = 0; i < places.length; i++) {
      // Copies one value, whatever its type.
      System.arraycopy(values, places[i], picked, i, 1);
    }
    return new Tensor(type, newShape, picked);
  }
}
