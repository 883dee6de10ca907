package io.rankline.server.json;

import io.rankline.server.json.Json.JsonArray;
import io.rankline.server.json.Json.JsonNumber;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.Json.JsonWord;
import io.rankline.server.json.Json.Member;
import java.util.ArrayList;
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

  private static final ByteArrays NONE_KEPT = new ByteArrays(1);

  private static final String INVALID = "Invalid value.";

  private final JsonCursor cursor;
  private final long mostValues;
  private long values;
  private int depth;

  private JsonParser(byte[] bytes, int length, Base64Ahead ahead, long mostValues) {
    this.cursor = new JsonCursor(bytes, length, ahead);
    this.mostValues = mostValues;
  }

  /**
   * The value that a text begins with.
   *
   * @param mostValues how many values it may hold in all
   * @throws JsonException if it is none
   */
  public static Json parse(byte[] text, long mostValues) throws JsonException {
    return parse(text, text.length, new Base64Ahead(NONE_KEPT), mostValues);
  }

  /**
   * As {@link #parse(byte[], long)}, of the first bytes of an array.
   *
   * @param ahead what has been decoded of them
   */
  public static Json parse(byte[] text, int length, Base64Ahead ahead, long mostValues)
      throws JsonException {
    if (length == 0) {
      throw new JsonException("The document is empty");
    }
    JsonParser parser = new JsonParser(text, length, ahead, mostValues);
    if (length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF) {
      parser.cursor.at = 3;
    }
    parser.cursor.skipSpace();
    if (parser.cursor.peek() == 0) {
      throw JsonCursor.fault("The document is empty.", parser.cursor.at);
    }
    return parser.value();
  }

  private Json value() throws JsonException {
    if (++values > mostValues) {
      throw JsonCursor.fault("More than %s values.".formatted(mostValues), cursor.at);
    }
    return switch (cursor.peek()) {
      case 'n' -> word("null", JsonWord.NULL);
      case 't' -> word("true", JsonWord.TRUE);
      case 'f' -> word("false", JsonWord.FALSE);
      case '"' -> new JsonTextScan(cursor).read();
      case '{' -> object();
      case '[' -> array();
      default -> number();
    };
  }

  private Json word(String word, JsonWord value) throws JsonException {
    for (int i = 0; i < word.length(); i++) {
      cursor.expect(word.charAt(i), INVALID);
    }
    return value;
  }

  private JsonObject object() throws JsonException {
    descend();
    List<Member> members = new ArrayList<>(2);
    if (!cursor.consume('}')) {
      while (true) {
        if (cursor.peek() != '"') {
          throw JsonCursor.fault("Missing a name for object member.", cursor.at);
        }
        String name = new JsonTextScan(cursor).read().text();
        cursor.skipSpace();
        cursor.expect(':', "Missing a colon after a name of object member.");
        cursor.skipSpace();
        members.add(new Member(name, value()));
        cursor.skipSpace();
        if (cursor.consume('}')) {
          break;
        }
        cursor.expect(',', "Missing a comma or } after an object member.");
        cursor.skipSpace();
      }
    }
    depth--;
    return new JsonObject(members);
  }

  private JsonArray array() throws JsonException {
    descend();
    List<Json> elements = new ArrayList<>(2);
    if (!cursor.consume(']')) {
      while (true) {
        elements.add(value());
        cursor.skipSpace();
        if (cursor.consume(']')) {
          break;
        }
        cursor.expect(',', "Missing a comma or ] after an array element.");
        cursor.skipSpace();
      }
    }
    depth--;
    return new JsonArray(elements);
  }

  private void descend() throws JsonException {
    if (++depth > DEEPEST) {
      throw JsonCursor.fault("Nested deeper than %s.".formatted(DEEPEST), cursor.at);
    }
    cursor.at++;
    cursor.skipSpace();
  }

  private JsonNumber number() throws JsonException {
    int from = cursor.at;
    cursor.consume('-');
    boolean whole = true;
    if (cursor.peek() == 'I' || cursor.peek() == 'N') {
      notFinite();
      return new JsonNumber(cursor.bytes, from, cursor.at, false);
    }
    if (!cursor.consume('0')) {
      digits(INVALID);
    }
    if (cursor.consume('.')) {
      whole = false;
      digits("Miss fraction part in number.");
    }
    if (cursor.consume('e') || cursor.consume('E')) {
      whole = false;
      if (!cursor.consume('+')) {
        cursor.consume('-');
      }
      digits("Miss exponent in number.");
    }
    JsonNumber number = new JsonNumber(cursor.bytes, from, cursor.at, whole);
    // Only an exponent or hundreds of digits can be too big.
    if ((!whole || cursor.at - from > 300) && Double.isInfinite(number.value())) {
      throw JsonCursor.fault("Number too big to be stored in double.", from);
    }
    return number;
  }

  private void notFinite() throws JsonException {
    if (cursor.consume('N')) {
      cursor.expect('a', INVALID);
      cursor.expect('N', INVALID);
      return;
    }
    word("Inf", JsonWord.NULL);
    if (cursor.peek() == 'i') {
      word("inity", JsonWord.NULL);
    }
  }

  private void digits(String missing) throws JsonException {
    if (cursor.peek() < '0' || cursor.peek() > '9') {
      throw JsonCursor.fault(missing, cursor.at);
    }
    while (cursor.peek() >= '0' && cursor.peek() <= '9') {
      cursor.at++;
    }
  }
}
