package io.rankline.server.json;

import io.rankline.server.json.Json.JsonText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads one text: a window as long as there are no escapes, bytes of its own otherwise. */
final class JsonTextScan {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final JsonCursor cursor;
  private final int from;
  private byte[] own = new byte[0];
  private int length;
  private boolean escaped;

  /** A scan of the text whose opening quotation mark is next. */
  JsonTextScan(JsonCursor cursor) {
    this.cursor = cursor;
    this.from = cursor.at + 1;
  }

  JsonText read() throws JsonException {
    cursor.at++;
    Base64Ahead.Run run = cursor.ahead.at(from);
    if (run != null) {
      cursor.at = run.to() + 1;
      return new JsonText(cursor.bytes, from, run.to(), run.decoded());
    }
    int copied = from;
    while (true) {
      skipPlain();
      int next = cursor.peek();
      if (next == '"') {
        break;
      }
      if (next == '\\') {
        append(copied);
        escape();
        copied = cursor.at;
      } else {
        throw JsonCursor.fault(
            next == 0
                ? "Missing a closing quotation mark in string."
                : "Invalid escape character in string.",
            cursor.at);
      }
    }
    JsonText text = new JsonText(cursor.bytes, from, cursor.at);
    if (escaped) {
      append(copied);
      text = new JsonText(own, 0, length);
    }
    cursor.at++;
    return text;
  }

  /** To the next byte that means something; base64 of a list has a million that do not. */
  private void skipPlain() {
    byte[] text = cursor.bytes;
    int end = cursor.end;
    int next = cursor.at;
    while (next + Long.BYTES <= end && isPlain((long) EIGHT.get(text, next))) {
      next += Long.BYTES;
    }
    while (next < end
        && text[next] != '"'
        && text[next] != '\\'
        && (text[next] >= ' ' || text[next] < 0)) {
      next++;
    }
    cursor.at = next;
  }

  /** Whether none of eight bytes is a quote, a backslash or a control character. */
  private static boolean isPlain(long eight) {
    long control = (eight - 0x20 * ONES) & ~eight;
    return ((control | zero(eight ^ '"' * ONES) | zero(eight ^ '\\' * ONES)) & HIGH_BITS) == 0;
  }

  /** The high bit of the lowest byte that is zero is set, and none if there is no such byte. */
  private static long zero(long eight) {
    return (eight - ONES) & ~eight;
  }

  private void append(int copied) {
    reserve(cursor.at - copied);
    System.arraycopy(cursor.bytes, copied, own, length, cursor.at - copied);
    length += cursor.at - copied;
    escaped = true;
  }

  private void reserve(int more) {
    if (length + more > own.length) {
      own = Arrays.copyOf(own, Math.max(length + more, own.length * 2));
    }
  }

  private void escape() throws JsonException {
    int start = cursor.at++;
    int kind = cursor.peek();
    cursor.at++;
    int plain = "\"\\/bfnrt".indexOf(kind);
    if (kind > 0 && plain >= 0) {
      put("\"\\/\b\f\n\r\t".charAt(plain));
    } else if (kind == 'u') {
      put(codePoint(start));
    } else {
      throw JsonCursor.fault("Invalid escape character in string.", start);
    }
  }

  private int codePoint(int start) throws JsonException {
    int high = hex(start);
    if (!Character.isHighSurrogate((char) high)) {
      return high;
    }
    if (cursor.consume('\\') && cursor.consume('u')) {
      int low = hex(start);
      if (Character.isLowSurrogate((char) low)) {
        return Character.toCodePoint((char) high, (char) low);
      }
    }
    throw JsonCursor.fault("The surrogate pair in string is invalid.", start);
  }

  private int hex(int start) throws JsonException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(cursor.peek(), 16);
      if (digit < 0) {
        throw JsonCursor.fault("Incorrect hex digit after \\u escape in string.", start);
      }
      value = value * 16 + digit;
      cursor.at++;
    }
    return value;
  }

  private void put(int codePoint) {
    byte[] encoded = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
    reserve(encoded.length);
    System.arraycopy(encoded, 0, own, length, encoded.length);
    length += encoded.length;
  }
}
