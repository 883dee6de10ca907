package io.rankline.io.tensor.bundle;

import java.nio.ByteBuffer;

/** Numbers of 7 bits a byte, lowest first; the top bit says that more follow. */
final class Varints {

  private static final int LONGEST = 63;

  private Varints() {}

  /**
   * Reads one, of 0 or more.
   *
   * @throws IllegalArgumentException for a longer or a negative one
   * @throws java.nio.BufferUnderflowException if the buffer ends before
   */
  static long read(ByteBuffer from) {
    long value = 0;
    for (int shift = 0; shift < LONGEST; shift += 7) {
      byte next = from.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number is longer than 63 bits");
  }
}
