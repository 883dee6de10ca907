package io.rankline.io.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of floating point as they are stored, lowest byte first. */
public enum FloatFormat {
  /** IEEE 754 half precision. */
  FLOAT16(2),
  /** The upper half of a float32. */
  BFLOAT16(2),
  FLOAT32(4),
  /** Rounded to the nearest float32; infinite beyond its range. */
  FLOAT64(8);

  /** The value of a float16's last bit where its exponent is the lowest. */
  private static final float LEAST_HALF = 0x1p-24f;

  private static final int HALF_FRACTION_BITS = 10;
  private static final int HALF_EXPONENTS = 31;
  private static final int BIAS_DIFFERENCE = 127 - 15;
  private static final int FRACTION_BITS = 23;
  private static final int FLOAT_EXPONENTS = 255;

  private final int bytes;

  FloatFormat(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of a number. */
  public int bytes() {
    return bytes;
  }

  /** All numbers of an array as float32. */
  public float[] read(byte[] stored) {
    ByteBuffer from = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[stored.length / bytes];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (this) {
            case FLOAT16 -> half(from.getShort());
            case BFLOAT16 -> Float.intBitsToFloat(from.getShort() << 16);
            case FLOAT32 -> from.getFloat();
            case FLOAT64 -> (float) from.getDouble();
          };
    }
    return values;
  }

  /** A float16 as a float32, which holds all of them. */
  private static float half(short stored) {
    int exponent = (stored >> HALF_FRACTION_BITS) & HALF_EXPONENTS;
    int fraction = stored & ((1 << HALF_FRACTION_BITS) - 1);
    if (exponent == 0) {
      return (stored < 0 ? -1 : 1) * fraction * LEAST_HALF;
    }
    int wide = exponent == HALF_EXPONENTS ? FLOAT_EXPONENTS : exponent + BIAS_DIFFERENCE;
    int magnitude = (wide << FRACTION_BITS) | (fraction << (FRACTION_BITS - HALF_FRACTION_BITS));
    return (stored < 0 ? -1 : 1) * Float.intBitsToFloat(magnitude);
  }
}
