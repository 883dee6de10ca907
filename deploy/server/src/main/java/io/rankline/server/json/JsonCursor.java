package io.rankline.server.json;

/** A place in a JSON text. */
final class JsonCursor {

  final byte[] bytes;
  int at;

  JsonCursor(byte[] bytes) {
    this.bytes = bytes;
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
    return at < bytes.length ? bytes[at] : 0;
  }

  static JsonException fault(String rule, int offset) {
    return new JsonException("%s at offset: %s".formatted(rule, offset));
  }
}
