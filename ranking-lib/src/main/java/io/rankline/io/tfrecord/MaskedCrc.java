package io.rankline.io.tfrecord;

import java.util.zip.CRC32C;

/** The checksum of TFRecord: CRC-32C (Castagnoli), rotated and shifted by a constant. */
final class MaskedCrc {

  private static final int DELTA = 0xa282ead8;

  private final CRC32C crc = new CRC32C();

  /** The masked checksum of {@code bytes[from, from + length)}. */
  int of(byte[] bytes, int from, int length) {
    crc.reset();
    crc.update(bytes, from, length);
    return mask((int) crc.getValue());
  }

  static int mask(int crc) {
    return Integer.rotateRight(crc, 15) + DELTA;
  }
}
