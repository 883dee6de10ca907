package io.rankline.server.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads protobuf's text form: {@code name: value}, {@code name { … }}, lists in brackets, comments
 * from {@code #} on; commas and semicolons between fields are optional.
 */
final class TextReader {

  /** More than any configuration has. */
  private static final int DEEPEST = 20;

  private final String place;
  private final String text;
  private int at;
  private int line = 1;
  private int depth;

  private TextReader(String place, String text) {
    this.place = place;
    this.text = text;
  }

  /**
   * The message of a text.
   *
   * @throws ConfigException with the line of a fault
   */
  static TextMessage read(String place, String text) {
    TextReader reader = new TextReader(place, text);
    TextMessage message = reader.message('\0');
    return message;
  }

  private TextMessage message(char end) {
    if (++depth > DEEPEST) {
      throw fault("messages must be nested %s deep or less".formatted(DEEPEST));
    }
    int begin = line;
    List<TextMessage.Field> fields = new ArrayList<>();
    while (peek() != end) {
      field(fields);
    }
    if (end != '\0') {
      at++;
    }
    depth--;
    return new TextMessage(place, begin, fields);
  }

  private void field(List<TextMessage.Field> fields) {
    int begin = line;
    String name = word("the name of a field");
    boolean colon = peek() == ':';
    if (colon) {
      at++;
    }
    if (peek() == '[') {
      do {
        at++;
        if (peek() != ']') {
          fields.add(new TextMessage.Field(name, begin, value(colon)));
        }
      } while (peek() == ',');
      if (peek() != ']') {
        throw fault("expected ']' at the end of the list '%s'".formatted(name));
      }
      at++;
    } else {
      fields.add(new TextMessage.Field(name, begin, value(colon)));
    }
    if (peek() == ',' || peek() == ';') {
      at++;
    }
  }

  private Object value(boolean colon) {
    char next = peek();
    if (next == '{' || next == '<') {
      at++;
      return message(next == '{' ? '}' : '>');
    }
    if (!colon) {
      throw fault("expected ':' or '{' after the name of a field");
    }
    if (next != '"' && next != '\'') {
      return word("a value");
    }
    StringBuilder value = new StringBuilder();
    while (peek() == '"' || peek() == '\'') { // texts beside each other are one
      quoted(value);
    }
    return value.toString();
  }

  private void quoted(StringBuilder value) {
    char quote = text.charAt(at++);
    while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
      char next = text.charAt(at++);
      if (next == '\\' && at < text.length()) {
        char escaped = text.charAt(at++);
        int known = "nrt".indexOf(escaped);
        next = known < 0 ? escaped : "\n\r\t".charAt(known);
      }
      value.append(next);
    }
    if (at >= text.length() || text.charAt(at) != quote) {
      throw fault("a text lacks its closing %s".formatted(quote));
    }
    at++;
  }

  private String word(String what) {
    peek();
    int begin = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_-+.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (at == begin) {
      throw fault(
          at < text.length()
              ? "expected %s, got '%s'".formatted(what, text.charAt(at))
              : "expected %s or '}', got the end".formatted(what));
    }
    return text.substring(begin, at);
  }

  /** The next character that is neither space nor comment; 0 at the end. */
  private char peek() {
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (Character.isWhitespace(next)) {
        line += next == '\n' ? 1 : 0;
        at++;
      } else {
        return next;
      }
    }
    return '\0';
  }

  private ConfigException fault(String rule) {
    return new ConfigException(place, line, rule);
  }
}
