package io.rankline.server.json;

/** A place in a JSON text. */
final class JsonCursor {

  final byte[] bytes;
  final int end;
  final Base64Ahead ahead;
  int at;

  JsonCursor(byte[] bytes, int end, Base64Ahead ahead) {
    this.bytes = bytes;
    this.end = end;
    this.ahead = ahead;
  }

  void skipSpace() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      at++;
    }
  }

  boolean consume(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  void expect(char expected, String missing) throws JsonException {
    if (!consume(expected)) {
      throw fault(missing, at);
    }
  }

  /** The next byte; 0 at the end. */
  int peek() {
    return at < end ? bytes[at] : 0;
  }

  static JsonException fault(String rule, int offset) {
    return new JsonException("%s at offset: %s".formatted(rule, offset));
  }
}
