package io.rankline.loss;

/** Numbers of a batch, read by position: float arrays of a model or double arrays of a test. */
public sealed interface Values permits DoubleValues, FloatValues {

  /** Number of values that can be read. */
  int length();

  /** The value at {@code index}. */
  double at(int index);

  /** Copies {@code count} values from {@code index} on to the start of {@code target}. */
  void copy(int index, int count, double[] target);

  /** The whole array; not copied. */
  static Values of(float... values) {
    return new FloatValues(values, 0);
  }

  /** The array from {@code offset} on; not copied. */
  static Values of(float[] values, int offset) {
    return new FloatValues(values, offset);
  }

  /** The whole array; not copied. */
  static Values of(double... values) {
    return new DoubleValues(values, 0);
  }

  /** The array from {@code offset} on; not copied. */
  static Values of(double[] values, int offset) {
    return new DoubleValues(values, offset);
  }
}
