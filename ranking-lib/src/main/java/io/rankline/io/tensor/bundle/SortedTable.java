package io.rankline.io.tensor.bundle;

import io.rankline.io.MaskedCrc;
import io.rankline.io.tensor.TensorFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.compressors.snappy.SnappyCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of LevelDB's form: keys in ascending order, in blocks with a checksum each, found by a
 * block that lists them.
 *
 * <p>A block is entries, the places where keys begin anew, and their number. An entry is three
 * varints (how much of the last key it begins with, the length of the rest, the length of the
 * value), the rest of the key, and the value. Behind a block stand its packing and its checksum.
 */
final class SortedTable {

  private static final int FOOTER = 48;
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int TRAILER = 5;
  private static final int PLAIN = 0;
  private static final int SNAPPY = 1;

  private final String file;
  private final byte[] bytes;
  private final MaskedCrc crc = new MaskedCrc();

  private SortedTable(String file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /**
   * All entries, in their order.
   *
   * @param file its name, for messages
   * @throws TensorFileException for what is no such table, or a damaged one
   */
  static Map<String, byte[]> read(String file, byte[] bytes) throws TensorFileException {
    return new SortedTable(file, bytes).entries();
  }

  private Map<String, byte[]> entries() throws TensorFileException {
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < FOOTER || all.getLong(bytes.length - Long.BYTES) != MAGIC) {
      throw fault("is no index of a TensorFlow checkpoint, or is cut off", null);
    }
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try {
      ByteBuffer footer = slice(bytes.length - FOOTER, FOOTER);
      Varints.read(footer); // where the block of filters stands, which checkpoints have not
      Varints.read(footer);
      for (byte[] handle : block(footer).values()) {
        entries.putAll(block(ByteBuffer.wrap(handle)));
      }
    } catch (RuntimeException e) {
      throw fault("the index is damaged", e);
    }
    return entries;
  }

  /** The entries of the block whose place and length are read from there. */
  private Map<String, byte[]> block(ByteBuffer handle) throws TensorFileException {
    int at = Math.toIntExact(Varints.read(handle));
    int length = Math.toIntExact(Varints.read(handle));
    ByteBuffer trailer = slice(Math.addExact(at, length), TRAILER);
    int packing = trailer.get();
    int stored = trailer.getInt();
    int computed = crc.of(bytes, at, length + 1);
    if (stored != computed) {
      throw fault(
          String.format(
              Locale.ROOT,
              "block at byte %s: checksum is 0x%08x, expected 0x%08x",
              at,
              stored,
              computed),
          null);
    }
    byte[] content = Arrays.copyOfRange(bytes, at, at + length);
    return switch (packing) {
      case PLAIN -> unpacked(content);
      case SNAPPY -> unpacked(unsnapped(content));
      default ->
          throw fault("block at byte %s: packing %s is not read".formatted(at, packing), null);
    };
  }

  private static Map<String, byte[]> unpacked(byte[] content) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    ByteBuffer block = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int restarts = block.getInt(content.length - Integer.BYTES);
    block.limit(content.length - Math.multiplyExact(Integer.BYTES, Math.addExact(restarts, 1)));
    byte[] key = new byte[0];
    while (block.hasRemaining()) {
      int shared = Math.toIntExact(Varints.read(block));
      int rest = Math.toIntExact(Varints.read(block));
      byte[] value = new byte[bounded(Varints.read(block), block)];
      byte[] next = Arrays.copyOf(key, shared + bounded(rest, block));
      block.get(next, shared, rest);
      block.get(value);
      key = next;
      // A name is a text; what begins with a zero is none, and has a character a byte.
      boolean isText = key.length == 0 || key[0] != 0;
      entries.put(
          new String(key, isText ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1), value);
    }
    return entries;
  }

  /** A length of no more than there is, so that a damaged one takes no memory. */
  private static int bounded(long length, ByteBuffer block) {
    if (length > block.remaining()) {
      throw new IllegalArgumentException("an entry is longer than its block");
    }
    return Math.toIntExact(length);
  }

  private byte[] unsnapped(byte[] content) throws TensorFileException {
    try (SnappyCompressorInputStream in =
        new SnappyCompressorInputStream(new ByteArrayInputStream(content))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw fault("the index is damaged", e);
    }
  }

  private ByteBuffer slice(int at, int length) {
    return ByteBuffer.wrap(bytes, at, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private TensorFileException fault(String fault, @Nullable Throwable cause) {
    return new TensorFileException(file, fault, cause);
  }
}
