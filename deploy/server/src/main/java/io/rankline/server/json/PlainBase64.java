package io.rankline.server.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** In Java, two characters by one look into a table: twice as fast as the JDK's. */
final class PlainBase64 implements Base64Groups {

  static final PlainBase64 INSTANCE = new PlainBase64();

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final VarHandle FOUR =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** No pair has so many bits. */
  private static final char UNKNOWN = 0x8000;

  /** What two characters stand for; the first is in the lower byte. */
  private final char[] pairs = new char[1 << 16];

  private PlainBase64() {
    Arrays.fill(pairs, UNKNOWN);
    for (int first = 0; first < ALPHABET.length(); first++) {
      for (int second = 0; second < ALPHABET.length(); second++) {
        pairs[ALPHABET.charAt(first) | ALPHABET.charAt(second) << 8] = (char) (first << 6 | second);
      }
    }
  }

  @Override
  public int decode(byte[] text, int from, int to, byte[] out, int at) {
    int next = from;
    int end = at;
    for (; next + 4 <= to; next += 4, end += 3) {
      int four = (int) FOUR.get(text, next);
      int high = pairs[four & 0xffff];
      int low = pairs[four >>> 16];
      if (((high | low) & UNKNOWN) != 0) {
        break;
      }
      out[end] = (byte) (high >> 4);
      out[end + 1] = (byte) (high << 4 | low >> 8);
      out[end + 2] = (byte) low;
    }
    return next - from;
  }
}
