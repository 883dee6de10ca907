package io.rankline.server.config;

/** A configuration file that cannot be understood; the message has file and line. */
public final class ConfigException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  ConfigException(String place, int line, String rule) {
    super("%s:%s: %s".formatted(place, line, rule));
  }
}
