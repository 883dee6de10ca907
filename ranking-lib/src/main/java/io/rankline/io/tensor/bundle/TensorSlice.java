package io.rankline.io.tensor.bundle;

import io.rankline.io.proto.BundleEntry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a tensor that a partitioner has split. Its key says which: a zero, the tensor's name,
 * the number of dimensions, and for each where the part begins and how long it is; in bytes that
 * sort as what they stand for.
 *
 * @param name of the tensor
 * @param starts by dimension
 * @param lengths by dimension; {@link #ALL} for all of it
 * @param entry where its numbers stand
 */
record TensorSlice(String name, List<Long> starts, List<Long> lengths, BundleEntry entry) {

  /** The length of a dimension that was not split. */
  static final long ALL = -1;

  /** The first byte of keys of parts, and the first of two for what a text cannot hold. */
  private static final byte ZERO = 0;

  private static final byte END = 1;
  private static final byte ESCAPED_ZERO = -1;
  private static final byte ESCAPE = -1;

  /** Whether a key, with a character a byte, is that of a part. */
  static boolean isKey(String key) {
    return !key.isEmpty() && key.charAt(0) == ZERO;
  }

  /**
   * Reads a key.
   *
   * @param key with a character a byte
   * @throws RuntimeException for what is no such key
   */
  static TensorSlice of(String key, BundleEntry entry) {
    ByteBuffer from = ByteBuffer.wrap(key.getBytes(StandardCharsets.ISO_8859_1));
    from.get();
    String name = text(from);
    long dimensions = count(from);
    List<Long> starts = new ArrayList<>();
    List<Long> lengths = new ArrayList<>();
    for (long d = 0; d < dimensions; d++) {
      starts.add(signed(from));
      lengths.add(signed(from));
    }
    if (from.hasRemaining()) {
      throw new IllegalArgumentException("a key goes on behind its dimensions");
    }
    return new TensorSlice(name, starts, lengths, entry);
  }

  private static String text(ByteBuffer from) {
    ByteBuffer text = ByteBuffer.allocate(from.remaining());
    while (true) {
      byte next = from.get();
      if (next == ZERO) {
        byte second = from.get();
        if (second == END) {
          return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
        } else if (second != ESCAPED_ZERO) {
          throw new IllegalArgumentException("a name holds what no name can");
        }
        text.put(ZERO);
      } else {
        if (next == ESCAPE && from.get() != ZERO) {
          throw new IllegalArgumentException("a name holds what no name can");
        }
        text.put(next);
      }
    }
  }

  /** The number of bytes, and they, the highest first. */
  private static long count(ByteBuffer from) {
    long count = 0;
    for (int left = from.get(); left > 0; left--) {
      count = (count << Byte.SIZE) | Byte.toUnsignedInt(from.get());
    }
    return count;
  }

  /**
   * As many bytes as the first has leading ones, or, below 0, zeros. The number is what they have
   * but for a bit each.
   */
  private static long signed(ByteBuffer from) {
    byte first = from.get(from.position());
    int head = first < 0 ? ~first & 0xff : first;
    int length = Integer.numberOfLeadingZeros(head) - (Integer.SIZE - Byte.SIZE);
    if (length >= Byte.SIZE) {
      throw new IllegalArgumentException("a number is longer than 48 bits");
    }
    long bits = 0;
    for (int k = 0; k < length; k++) {
      bits = (bits << Byte.SIZE) | Byte.toUnsignedInt(from.get());
    }
    int kept = length * (Byte.SIZE - 1);
    return bits << (Long.SIZE - kept) >> (Long.SIZE - kept);
  }
}
