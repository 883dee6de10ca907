package io.rankline.loss;

/** Values in double precision. */
record DoubleValues(double[] values, int offset) implements Values {

  DoubleValues {
    if (offset < 0 || offset > values.length) {
      throw new IllegalArgumentException(
          "offset must lie in [0, %s], got %s".formatted(values.length, offset));
    }
  }

  @Override
  public int length() {
    return values.length - offset;
  }

  @Override
  public double at(int index) {
    return values[offset + index];
  }

  @Override
  public void copy(int index, int count, double[] target) {
    System.arraycopy(values, offset + index, target, 0, count);
  }
}
