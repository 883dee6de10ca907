package io.rankline.io.tfrecord;

import io.rankline.io.CorruptRecordException;
import io.rankline.io.MaskedCrc;

/** The checksums that stand behind the length and behind the data of a record. */
final class FrameChecksums {

  private final MaskedCrc crc = new MaskedCrc();

  /** Whether bytes are followed by their checksum. */
  boolean follow(byte[] buffer, int at, int size) {
    return crc.of(buffer, at, size) == MaskedCrc.stored(buffer, at + size);
  }

  /** What is to be said of bytes that are not. */
  CorruptRecordException fault(String what, byte[] buffer, int at, int size) {
    return new CorruptRecordException(
        "checksum of the %s is 0x%08x, expected 0x%08x"
            .formatted(what, MaskedCrc.stored(buffer, at + size), crc.of(buffer, at, size)));
  }
}
