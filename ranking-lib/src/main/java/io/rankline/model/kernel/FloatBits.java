package io.rankline.model.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Reads ints as the floats that have the same bits, by way of memory: the compiler makes no vector
 * instructions of {@link Float#intBitsToFloat} in Java 17, and copies are fast. Not for several
 * threads at once.
 */
public final class FloatBits {

  /** Small enough for the first-level cache, with three arrays and the copy between them. */
  private static final int BLOCK = 1024;

  private static final float LOG2_E = 1.442695f;

  /** ln 2 in two parts, the first short enough to be multiplied without rounding. */
  private static final float LN_2_HIGH = 0.6933594f;

  private static final float LN_2_LOW = -2.12194440e-4f;

  /** 1.5 * 2^23: a float this large has no fraction, so adding it rounds. */
  private static final float ROUNDER = 12582912f;

  private static final int ROUNDER_BITS = Float.floatToIntBits(ROUNDER);

  /** exp of less is not a normal float. */
  private static final float LEAST = -87f;

  private static final int EXPONENT_BIAS = 127;
  private static final int EXPONENT_SHIFT = 23;

  /** The arguments, then the results: at the same index as {@link #floats}, as vectors need it. */
  private final float[] numbers = new float[BLOCK];

  private final float[] floats = new float[BLOCK];
  private final int[] ints = new int[BLOCK];
  private final FloatBuffer floatView;
  private final IntBuffer intView;

  public FloatBits() {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(BLOCK * Float.BYTES).order(ByteOrder.nativeOrder());
    floatView = bytes.asFloatBuffer();
    intView = bytes.asIntBuffer();
  }

  /** Puts the first ints as floats, from {@code at} on. */
  void asFloats(int[] bits, int count, float[] to, int at) {
    for (int from = 0; from < count; from += BLOCK) {
      int length = Math.min(BLOCK, count - from);
      intView.put(0, bits, from, length);
      floatView.get(0, to, at + from, length);
    }
  }

  /**
   * Puts e^x for x, to 2 units of the last place; less than -87 counts as -87, more than 88 is not
   * allowed for.
   */
  public void exp(float[] values, int count) {
    for (int from = 0; from < count; from += BLOCK) {
      expOfBlock(values, from, Math.min(BLOCK, count - from));
    }
  }

  private void expOfBlock(float[] values, int from, int size) {
    System.arraycopy(values, from, numbers, 0, size);
    for (int i = 0; i < size; i++) {
      numbers[i] = Math.max(numbers[i], LEAST);
      floats[i] = numbers[i] * LOG2_E + ROUNDER;
    }
    floatView.put(0, floats, 0, size);
    intView.get(0, ints, 0, size);
    for (int i = 0; i < size; i++) {
      ints[i] = (ints[i] - ROUNDER_BITS + EXPONENT_BIAS) << EXPONENT_SHIFT;
    }
    intView.put(0, ints, 0, size);
    // The degree 5 minimax polynomial of Cephes on [-ln 2 / 2, ln 2 / 2].
    for (int i = 0; i < size; i++) {
      float power = floats[i] - ROUNDER;
      float x = numbers[i] - power * LN_2_HIGH - power * LN_2_LOW;
      float series = 0.00019875691f * x + 0.0013981999f;
      series = series * x + 0.008333452f;
      series = series * x + 0.041665796f;
      series = series * x + 0.16666666f;
      series = series * x + 0.5f;
      numbers[i] = series * x * x + x + 1f;
    }
    floatView.get(0, floats, 0, size);
    for (int i = 0; i < size; i++) {
      numbers[i] *= floats[i];
    }
    System.arraycopy(numbers, 0, values, from, size);
  }
}
