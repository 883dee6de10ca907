package io.rankline.export.onnx.interpreter;

import io.rankline.export.graph.Shapes;
import io.rankline.export.onnx.proto.DataType;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Values of one type in a shape, row by row.
 *
 * @param type of the values
 * @param shape sizes, none for a single value
 * @param values float[], double[], long[], boolean[] or String[], as the type says
 */
public record Tensor(DataType type, int[] shape, Object values) {

  /** Of floats. */
  public static Tensor floats(float[] values, int... shape) {
    return new Tensor(DataType.FLOAT, shape, values);
  }

  /** Of 64-bit integers. */
  public static Tensor integers(long[] values, int... shape) {
    return new Tensor(DataType.INT64, shape, values);
  }

  /** Of texts. */
  public static Tensor texts(String[] values, int... shape) {
    return new Tensor(DataType.STRING, shape, values);
  }

  /** Numbers of a type, each rounded to it; not 0 is true. */
  static Tensor of(DataType type, int[] shape, IntToDoubleFunction value) {
    int size = Shapes.size(shape);
    switch (type) {
      case FLOAT -> {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
          values[i] = (float) value.applyAsDouble(i);
        }
        return new Tensor(type, shape, values);
      }
      case DOUBLE -> {
        return new Tensor(type, shape, IntStream.range(0, size).mapToDouble(value).toArray());
      }
      case INT64 -> {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
          values[i] = (long) value.applyAsDouble(i);
        }
        return new Tensor(type, shape, values);
      }
      case BOOL -> {
        boolean[] values = new boolean[size];
        for (int i = 0; i < size; i++) {
          values[i] = value.applyAsDouble(i) != 0;
        }
        return new Tensor(type, shape, values);
      }
      default -> throw unknown(type);
    }
  }

  /** The values of some tensors of one type, one after the other. */
  static Tensor joined(List<Tensor> parts) {
    int size = parts.stream().mapToInt(Tensor::size).sum();
    Object values = room(parts.get(0).type, size);
    int at = 0;
    for (Tensor part : parts) {
      System.arraycopy(part.values, 0, values, at, part.size());
      at += part.size();
    }
    return new Tensor(parts.get(0).type, new int[] {size}, values);
  }

  /** Floats; not a copy. */
  public float[] floats() {
    return (float[]) values;
  }

  /** Texts; not a copy. */
  String[] texts() {
    return (String[]) values;
  }

  /** Integers as sizes or places. */
  int[] places() {
    return IntStream.range(0, size()).map(i -> Math.toIntExact((long) number(i))).toArray();
  }

  /** Number of values. */
  int size() {
    return Shapes.size(shape);
  }

  /** Number of dimensions. */
  int rank() {
    return shape.length;
  }

  /** A dimension as a place, those below 0 from the end. */
  int axis(long of) {
    return Math.toIntExact(of < 0 ? of + rank() : of);
  }

  /** A number; 1 for true. */
  double number(int i) {
    return switch (type) {
      case FLOAT -> ((float[]) values)[i];
      case DOUBLE -> ((double[]) values)[i];
      case INT64 -> ((long[]) values)[i];
      case BOOL -> ((boolean[]) values)[i] ? 1 : 0;
      default -> throw unknown(type);
    };
  }

  /** The same values in another shape of as many. */
  Tensor in(int... other) {
    if (Shapes.size(other) != size()) {
      throw new IllegalArgumentException(
          "%s do not go into the shape %s".formatted(this, List.of(box(other))));
    }
    return new Tensor(type, other, values);
  }

  /** The values of these places. */
  Tensor at(int[] places, int... other) {
    Object taken = room(type, places.length);
    for (int i = 0; i < places.length; i++) {
      System.arraycopy(values, places[i], taken, i, 1);
    }
    return new Tensor(type, other, taken);
  }

  @Override
  public String toString() {
    return "%s of the shape %s".formatted(type, List.of(box(shape)));
  }

  private static Integer[] box(int[] shape) {
    return IntStream.of(shape).boxed().toArray(Integer[]::new);
  }

  private static Object room(DataType type, int size) {
    return switch (type) {
      case FLOAT -> new float[size];
      case DOUBLE -> new double[size];
      case INT64 -> new long[size];
      case BOOL -> new boolean[size];
      case STRING -> new String[size];
      default -> throw unknown(type);
    };
  }

  private static IllegalArgumentException unknown(DataType type) {
    return new IllegalArgumentException("there is no arithmetic for values of type " + type);
  }
}
