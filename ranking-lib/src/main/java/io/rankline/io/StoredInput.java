package io.rankline.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file as they are stored: its head, how far it was read, and whether that failed.
 */
final class StoredInput extends FilterInputStream {

  private byte @Nullable [] head;
  private long position;
  private @Nullable IOException fault;

  StoredInput(InputStream in) {
    super(in);
  }

  /** The first bytes, which are read again afterwards. Called before anything is read. */
  byte[] head() throws IOException {
    try {
      byte[] first = in.readNBytes(Packing.HEAD);
      head = first;
      return first;
    } catch (IOException e) {
      fault = e;
      throw e;
    }
  }

  /** Number of bytes read. */
  long position() {
    return position;
  }

  /** Why the storage gave no more, or null. */
  @Nullable IOException fault() {
    return fault;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    int read;
    byte[] first = head;
    if (first != null && position < first.length) {
      read = Math.min(count, first.length - (int) position);
      System.arraycopy(first, (int) position, bytes, from, read);
    } else {
      try {
        read = in.read(bytes, from, count);
      } catch (IOException e) {
        fault = e;
        throw e;
      }
    }
    position += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    throw new UnsupportedOperationException("the bytes of a file are read one after the other");
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
