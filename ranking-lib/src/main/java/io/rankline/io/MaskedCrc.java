package io.rankline.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The checksum of TFRecord: CRC-32C (Castagnoli), rotated and shifted by a constant. For one
 * thread.
 */
public final class MaskedCrc {

  private static final int DELTA = 0xa282ead8;
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final CRC32C crc = new CRC32C();

  /** The masked checksum of {@code bytes[from, from + length)}. */
  public int of(byte[] bytes, int from, int length) {
    crc.reset();
    crc.update(bytes, from, length);
    return mask((int) crc.getValue());
  }

  /** The checksum that a file holds at {@code bytes[at, at + 4)}. */
  public static int stored(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static int mask(int crc) {
    return Integer.rotateRight(crc, 15) + DELTA;
  }
}
