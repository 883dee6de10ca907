package io.rankline.loss;

import org.jspecify.annotations.Nullable;

/** Where the gradient of a batch goes: a float array, a double array or nowhere. */
record GradientTarget(float @Nullable [] floats, double @Nullable [] doubles, int offset) {

  static final GradientTarget NONE = new GradientTarget(null, null, 0);

  static GradientTarget of(double[] doubles) {
    return new GradientTarget(null, doubles, 0);
  }

  static GradientTarget of(float[] floats, int offset) {
    return new GradientTarget(floats, null, offset);
  }

  void requireRoom(int values) {
    int length =
        floats != null ? floats.length : doubles != null ? doubles.length : values + offset;
    if (offset < 0 || length - offset < values) {
      throw new IllegalArgumentException(
          "gradient must have room for %s values from %s on, got length %s"
              .formatted(values, offset, length));
    }
  }

  /** Writes the gradient times {@code scale}. */
  void write(double[] gradient, double scale, int values) {
    if (doubles != null) {
      for (int i = 0; i < values; i++) {
        doubles[offset + i] = scale * gradient[i];
      }
    } else if (floats != null) {
      for (int i = 0; i < values; i++) {
        floats[offset + i] = (float) (scale * gradient[i]);
      }
    }
  }
}
