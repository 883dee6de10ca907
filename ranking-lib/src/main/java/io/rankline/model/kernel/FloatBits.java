package io.rankline.model.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Reads ints as the floats that have the same bits, by way of memory: the compiler makes no vector
 * instructions of {@link Float#intBitsToFloat} in Java 17, and copies are fast.
 */
final class FloatBits {

  private static final int CHUNK = 4096;

  private final IntBuffer ints;
  private final FloatBuffer floats;

  FloatBits() {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(CHUNK * Float.BYTES).order(ByteOrder.nativeOrder());
    ints = bytes.asIntBuffer();
    floats = bytes.asFloatBuffer();
  }

  void asFloats(int[] bits, int count, float[] to) {
    for (int from = 0; from < count; from += CHUNK) {
      int length = Math.min(CHUNK, count - from);
      ints.put(0, bits, from, length);
      floats.get(0, to, from, length);
    }
  }
}
