package io.rankline.server.json;

/** A text that is no JSON; the message names the rule and the byte. */
public final class JsonException extends Exception {

  private static final long serialVersionUID = 1;

  JsonException(String message) {
    super(message);
  }
}
