package io.rankline.server.json;

import io.rankline.server.json.Json.JsonArray;
import io.rankline.server.json.Json.JsonNumber;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.Json.JsonText;
import io.rankline.server.json.Json.JsonWord;
import io.rankline.server.json.Json.Member;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parses the first JSON value of a text; what follows it is ignored. A byte order mark is skipped.
 *
 * <p>Rules, words and places of faults are those of TensorFlow Serving. Depth and number of values
 * are limited, so that no text takes more memory than its length allows for.
 */
public final class JsonParser {

  /** Deeper than any request; each level takes some stack. */
  private static final int DEEPEST = 100;

  private static final String INVALID = "Invalid value.";

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final byte[] bytes;
  private final long mostValues;
  private long values;
  private int at;
  private int depth;

  private JsonParser(byte[] bytes, long mostValues) {
    this.bytes = bytes;
    this.mostValues = mostValues;
  }

  /**
   * The value that a text begins with.
   *
   * @param mostValues how many values it may hold in all
   * @throws JsonException if it is none
   */
  public static Json parse(byte[] text, long mostValues) throws JsonException {
    if (text.length == 0) {
      throw new JsonException("The document is empty");
    }
    JsonParser parser = new JsonParser(text, mostValues);
    if (text.length >= 3
        && text[0] == (byte) 0xEF
        && text[1] == (byte) 0xBB
        && text[2] == (byte) 0xBF) {
      parser.at = 3;
    }
    parser.skipSpace();
    if (parser.peek() == 0) {
      throw fault("The document is empty.", parser.at);
    }
    return parser.value();
  }

  private Json value() throws JsonException {
    if (++values > mostValues) {
      throw fault("More than %s values.".formatted(mostValues), at);
    }
    return switch (peek()) {
      case 'n' -> word("null", JsonWord.NULL);
      case 't' -> word("true", JsonWord.TRUE);
      case 'f' -> word("false", JsonWord.FALSE);
      case '"' -> new TextScan().read();
      case '{' -> object();
      case '[' -> array();
      default -> number();
    };
  }

  private Json word(String word, JsonWord value) throws JsonException {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i), INVALID);
    }
    return value;
  }

  private JsonObject object() throws JsonException {
    descend();
    List<Member> members = new ArrayList<>(2);
    if (!consume('}')) {
      while (true) {
        if (peek() != '"') {
          throw fault("Missing a name for object member.", at);
        }
        String name = new TextScan().read().text();
        skipSpace();
        expect(':', "Missing a colon after a name of object member.");
        skipSpace();
        members.add(new Member(name, value()));
        skipSpace();
        if (consume('}')) {
          break;
        }
        expect(',', "Missing a comma or } after an object member.");
        skipSpace();
      }
    }
    depth--;
    return new JsonObject(members);
  }

  private JsonArray array() throws JsonException {
    descend();
    List<Json> elements = new ArrayList<>(2);
    if (!consume(']')) {
      while (true) {
        elements.add(value());
        skipSpace();
        if (consume(']')) {
          break;
        }
        expect(',', "Missing a comma or ] after an array element.");
        skipSpace();
      }
    }
    depth--;
    return new JsonArray(elements);
  }

  private void descend() throws JsonException {
    if (++depth > DEEPEST) {
      throw fault("Nested deeper than %s.".formatted(DEEPEST), at);
    }
    at++;
    skipSpace();
  }

  private JsonNumber number() throws JsonException {
    int from = at;
    consume('-');
    boolean whole = true;
    if (peek() == 'I' || peek() == 'N') {
      notFinite();
      return new JsonNumber(bytes, from, at, false);
    }
    if (!consume('0')) {
      digits(INVALID);
    }
    if (consume('.')) {
      whole = false;
      digits("Miss fraction part in number.");
    }
    if (consume('e') || consume('E')) {
      whole = false;
      if (!consume('+')) {
        consume('-');
      }
      digits("Miss exponent in number.");
    }
    JsonNumber number = new JsonNumber(bytes, from, at, whole);
    // Only an exponent or hundreds of digits can be too big.
    if ((!whole || at - from > 300) && Double.isInfinite(number.value())) {
      throw fault("Number too big to be stored in double.", from);
    }
    return number;
  }

  private void notFinite() throws JsonException {
    if (consume('N')) {
      expect('a', INVALID);
      expect('N', INVALID);
      return;
    }
    word("Inf", JsonWord.NULL);
    if (peek() == 'i') {
      word("inity", JsonWord.NULL);
    }
  }

  private void digits(String missing) throws JsonException {
    if (peek() < '0' || peek() > '9') {
      throw fault(missing, at);
    }
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
  }

  private void skipSpace() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      at++;
    }
  }

  private boolean consume(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char expected, String missing) throws JsonException {
    if (!consume(expected)) {
      throw fault(missing, at);
    }
  }

  /** The next byte; 0 at the end. */
  private int peek() {
    return at < bytes.length ? bytes[at] : 0;
  }

  private static JsonException fault(String rule, int offset) {
    return new JsonException("%s at offset: %s".formatted(rule, offset));
  }

  /** Reads one text: a window as long as there are no escapes, bytes of its own otherwise. */
  private final class TextScan {

    private final int from = at + 1;
    private byte[] own = new byte[0];
    private int length;
    private boolean escaped;

    JsonText read() throws JsonException {
      at++;
      int copied = from;
      while (true) {
        skipPlain();
        int next = peek();
        if (next == '"') {
          break;
        }
        if (next == '\\') {
          append(copied);
          escape();
          copied = at;
        } else {
          throw fault(
              next == 0
                  ? "Missing a closing quotation mark in string."
                  : "Invalid escape character in string.",
              at);
        }
      }
      JsonText text = new JsonText(bytes, from, at);
      if (escaped) {
        append(copied);
        text = new JsonText(own, 0, length);
      }
      at++;
      return text;
    }

    /** To the next byte that means something; base64 of a list has a million that do not. */
    private void skipPlain() {
      byte[] text = bytes;
      int end = text.length;
      int next = at;
      while (next + Long.BYTES <= end && isPlain((long) EIGHT.get(text, next))) {
        next += Long.BYTES;
      }
      while (next < end
          && text[next] != '"'
          && text[next] != '\\'
          && (text[next] >= ' ' || text[next] < 0)) {
        next++;
      }
      at = next;
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
      reserve(at - copied);
      System.arraycopy(bytes, copied, own, length, at - copied);
      length += at - copied;
      escaped = true;
    }

    private void reserve(int more) {
      if (length + more > own.length) {
        own = Arrays.copyOf(own, Math.max(length + more, own.length * 2));
      }
    }

    private void escape() throws JsonException {
      int start = at++;
      int kind = peek();
      at++;
      int plain = "\"\\/bfnrt".indexOf(kind);
      if (kind > 0 && plain >= 0) {
        put("\"\\/\b\f\n\r\t".charAt(plain));
      } else if (kind == 'u') {
        put(codePoint(start));
      } else {
        throw fault("Invalid escape character in string.", start);
      }
    }

    private int codePoint(int start) throws JsonException {
      int high = hex(start);
      if (!Character.isHighSurrogate((char) high)) {
        return high;
      }
      if (consume('\\') && consume('u')) {
        int low = hex(start);
        if (Character.isLowSurrogate((char) low)) {
          return Character.toCodePoint((char) high, (char) low);
        }
      }
      throw fault("The surrogate pair in string is invalid.", start);
    }

    private int hex(int start) throws JsonException {
      int value = 0;
      for (int i = 0; i < 4; i++) {
        int digit = Character.digit(peek(), 16);
        if (digit < 0) {
          throw fault("Incorrect hex digit after \\u escape in string.", start);
        }
        value = value * 16 + digit;
        at++;
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
}
