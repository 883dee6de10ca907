package io.rankline.loss;

/** Values in float precision. */
record FloatValues(float[] values, int offset) implements Values {

  FloatValues {
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
    int start = offset + index;
    for (int i = 0; i < count; i++) {
      target[i] = values[start + i];
    }
  }
}
