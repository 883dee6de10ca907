package io.rankline.server.rest;

import io.rankline.server.json.Base64Ahead;
import io.rankline.server.json.ByteArrays;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A body of a POST, as it comes. Records in base64 are decoded while the rest still comes, which
 * changes no answer. Not for several threads at once.
 */
public final class RequestBody {

  private static final int FIRST_BUFFER = 1 << 12;

  /** Room for so many times what has come: with the first part of a list there is room for all. */
  private static final long GROWTH = 32;

  private static final byte[] NONE = {};

  private final ByteArrays arrays;
  private final long announced;
  private final Base64Ahead base64;
  private byte[] bytes = NONE;
  private int length;

  /** A body of which nothing has come, and of which at most {@code announced} bytes will come. */
  RequestBody(ByteArrays arrays, long announced) {
    this.arrays = arrays;
    this.announced = announced;
    this.base64 = new Base64Ahead(arrays);
  }

  /** A whole one. */
  RequestBody(ByteArrays arrays, byte[] whole) {
    this(arrays, whole.length);
    this.bytes = whole;
    this.length = whole.length;
  }

  /** How many bytes have come. */
  public int length() {
    return length;
  }

  /** How many bytes it holds. */
  public int capacity() {
    return bytes.length;
  }

  /** How many bytes it will hold when so many more have come. */
  public int capacityWith(int more) {
    int needed = length + more;
    if (needed <= bytes.length) {
      return bytes.length;
    }
    // Many times as much at a time, but not more than the client says that there is.
    return (int) Math.max(needed, Math.min(Math.max(FIRST_BUFFER, GROWTH * needed), announced));
  }

  /** Adds what has come. */
  public void add(ByteBuffer more) {
    int capacity = capacityWith(more.remaining());
    if (capacity > bytes.length) {
      byte[] grown = arrays.take(capacity);
      System.arraycopy(bytes, 0, grown, 0, length);
      arrays.give(bytes);
      bytes = grown;
    }
    int count = more.remaining();
    more.get(bytes, length, count);
    length += count;
  }

  /** Decodes what can be of what has come; takes at most as much memory as the body. */
  public void lookAhead() {
    base64.look(bytes, length, (int) Math.min(announced, bytes.length));
  }

  /** All that came, in an array of its own. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Gives the memory back, when nobody looks at it any more. */
  public void release() {
    arrays.give(bytes);
    bytes = NONE;
    length = 0;
    base64.release();
  }

  byte[] bytes() {
    return bytes;
  }

  Base64Ahead base64() {
    return base64;
  }
}
