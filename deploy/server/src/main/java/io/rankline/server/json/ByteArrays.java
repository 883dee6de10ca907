package io.rankline.server.json;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * Arrays that are used again: a new one of a megabyte is memory that no cache holds, cleared first.
 * Safe for use by several threads.
 */
public final class ByteArrays {

  /** Longer ones are rare, and would be kept for nothing. */
  private static final int LONGEST = 1 << 22;

  /** Lengths are multiples of this, so that lists of about as many items share arrays. */
  private static final int STEP = 1 << 16;

  private final ArrayBlockingQueue<byte[]> kept;

  /** Keeps so many that nobody uses, and no more. */
  public ByteArrays(int most) {
    this.kept = new ArrayBlockingQueue<>(most);
  }

  /** An array of that length or more, with anything in it; what holds few bytes has no more. */
  public byte[] take(int length) {
    if (length < STEP || length > LONGEST) {
      return new byte[length];
    }
    byte[] used = kept.poll();
    if (used != null && used.length >= length) {
      return used;
    }
    return new byte[(length + STEP - 1) / STEP * STEP]; // one that is too short is let go
  }

  /** Takes an array back that nobody looks at any more. */
  public void give(byte[] array) {
    if (array.length >= STEP && array.length <= LONGEST) {
      kept.offer(array);
    }
  }
}
