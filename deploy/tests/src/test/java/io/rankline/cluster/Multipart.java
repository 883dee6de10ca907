package io.rankline.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts of a multipart body. */
final class Multipart {

  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

  private Multipart() {}

  /** The parts, each with its head. */
  static List<byte[]> parts(String contentType, byte[] body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw new IllegalArgumentException("no boundary in " + contentType);
    }
    String text = text(body);
    String line = "--" + boundary.group(1);
    List<byte[]> parts = new ArrayList<>();
    int begin = text.indexOf(line) + line.length() + 2;
    while (true) {
      int end = text.indexOf("\r\n" + line, begin);
      if (end < 0) {
        return parts;
      }
      parts.add(Arrays.copyOfRange(body, begin, end));
      begin = end + 2 + line.length() + 2;
    }
  }

  /** What comes before the first empty line of a message. */
  static String head(byte[] message) {
    int end = text(message).indexOf("\r\n\r\n");
    return text(message).substring(0, end < 0 ? message.length : end);
  }

  /** What comes after it. */
  static byte[] body(byte[] message) {
    int end = text(message).indexOf("\r\n\r\n");
    return end < 0 ? new byte[0] : Arrays.copyOfRange(message, end + 4, message.length);
  }

  /** One character a byte. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
