package io.rankline.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file of records or lines. A file that is compressed is unpacked, whatever its
 * name: its first bytes tell gzip, zlib, bzip2 and zstd. For one thread.
 *
 * <p>Reading throws {@link UnreadableFileException} for what is wrong with a compressed file, and
 * other exceptions for what is wrong with the storage.
 */
public final class RecordInput extends InputStream {

  /** How large a file is, which costs a question to the storage. */
  @FunctionalInterface
  interface Length {
    long bytes() throws IOException;
  }

  private final StoredInput stored;
  private final Length length;
  private final @Nullable CompressionCodec named;
  private @Nullable InputStream content;
  private String packing = "";
  private Content wanted = Content.ANY;

  /**
   * The content of a stream of unknown length.
   *
   * @param in closed with this stream; need not be buffered
   */
  public RecordInput(InputStream in) {
    this(in, () -> 0, null);
  }

  /**
   * The content of a file.
   *
   * @param length of the file as it is stored, in bytes
   * @param named the codec that the file's name asks for where its first bytes show none
   */
  RecordInput(InputStream in, Length length, @Nullable CompressionCodec named) {
    this.stored = new StoredInput(in);
    this.length = length;
    this.named = named;
  }

  /**
   * Says what is to be in a file, so that another kind of file is told by its name; nothing where
   * the stream is not of this class. Before anything is read.
   */
  public static void expect(InputStream in, Content wanted) {
    if (in instanceof RecordInput file) {
      file.wanted = wanted;
    }
  }

  /**
   * About how many bytes of a stored file so many of its content are; as many where nothing is
   * known of the file.
   *
   * @param content how much of the content was read
   */
  public static long stored(InputStream in, long bytes, long content) {
    return in instanceof RecordInput file && content > 0
        ? Math.round((double) bytes * Math.min(file.stored.position(), content) / content)
        : bytes;
  }

  /** Bytes of a stored file that were not read; 0 where nothing is known of the file. */
  public static long rest(InputStream in) {
    try {
      return in instanceof RecordInput file
          ? Math.max(0, file.length.bytes() - file.stored.position())
          : 0;
    } catch (IOException e) {
      return 0; // how large it is cannot be told
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    InputStream open = content;
    if (open == stored) {
      return readStored(bytes, from, count);
    }
    try {
      return (open == null ? open() : open).read(bytes, from, count);
    } catch (IOException | RuntimeException e) {
      IOException fault = stored.fault();
      if (fault != null) {
        throw explained(fault);
      }
      if (e instanceof UnreadableFileException) {
        throw e;
      }
      throw new UnreadableFileException(
          "%s data is damaged or cut off: %s".formatted(packing, e.getMessage()), e);
    }
  }

  private int readStored(byte[] bytes, int from, int count) throws IOException {
    try {
      return stored.read(bytes, from, count);
    } catch (IOException e) {
      throw explained(e);
    }
  }

  private static IOException explained(IOException fault) {
    return fault instanceof ChecksumException
        ? new IOException(
            fault.getMessage()
                + "; the file was changed after the .crc file beside it was written: delete that if"
                + " the change was meant",
            fault)
        : fault;
  }

  private InputStream open() throws IOException {
    byte[] head = stored.head();
    Packing found = Packing.isOfRecords(head) ? null : Packing.of(head);
    InputStream made = stored;
    if (found != null) {
      packing = found.spoken();
      made = found.unpack(stored);
    } else if (named != null && head.length > 0 && !Packing.isOfRecords(head)) {
      packing = named.getClass().getSimpleName();
      made = named.createInputStream(stored);
    }
    byte[] first = head;
    if (made != stored) {
      StoredInput unpacked = new StoredInput(made);
      first = unpacked.head();
      made = unpacked;
    }
    Optional<String> fault = FileKind.fault(first, wanted);
    if (fault.isPresent()) {
      throw new UnreadableFileException(fault.get(), null);
    }
    content = made;
    return made;
  }

  @Override
  public void close() throws IOException {
    if (content != null) {
      content.close();
    } else {
      stored.close();
    }
  }
}
