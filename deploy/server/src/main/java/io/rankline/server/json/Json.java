package io.rankline.server.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON text. Texts and numbers are windows of the bytes that were parsed, so a large
 * one costs nothing until it is asked for.
 */
public sealed interface Json {

  /** The name of its kind in messages, as {@code Number}. */
  String kind();

  /** Values by name, in the order of the text. */
  record JsonObject(List<Member> members) implements Json {

    /** The value of that name; of several the first. */
    public Optional<Json> find(String name) {
      for (Member member : members) {
        if (member.name().equals(name)) {
          return Optional.of(member.value());
        }
      }
      return Optional.empty();
    }

    @Override
    public String kind() {
      return "Object";
    }
  }

  /** A name with its value. */
  record Member(String name, Json value) {}

  /** Values one after the other. */
  record JsonArray(List<Json> values) implements Json {
    @Override
    public String kind() {
      return "Array";
    }
  }

  /**
   * A text.
   *
   * @param bytes where it stands, in UTF-8 and without escapes
   * @param from its first byte
   * @param to the byte after its last one
   * @param decoded what it is in base64, where that is known already
   */
  record JsonText(byte[] bytes, int from, int to, @Nullable ByteBuffer decoded) implements Json {

    JsonText(byte[] bytes, int from, int to) {
      this(bytes, from, to, null);
    }

    /** The text; what is no UTF-8 is replaced. */
    public String text() {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The text of its first bytes. */
    public String start(int most) {
      return to - from <= most ? text() : new JsonText(bytes, from, from + most).text() + "...";
    }

    /** A copy of its bytes. */
    public byte[] toBytes() {
      return Arrays.copyOfRange(bytes, from, to);
    }

    /** Its bytes as they came. */
    public ByteBuffer window() {
      return ByteBuffer.wrap(bytes, from, to - from);
    }

    @Override
    public String kind() {
      return "String";
    }
  }

  /**
   * A number.
   *
   * @param bytes where it stands
   * @param from its first byte
   * @param to the byte after its last one
   * @param whole whether it has neither a point nor an exponent
   */
  record JsonNumber(byte[] bytes, int from, int to, boolean whole) implements Json {

    /** As it was written. */
    public String text() {
      return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    /** Its value, also of {@code Inf}, {@code Infinity} and {@code NaN}. */
    public double value() {
      String text = text();
      if (text.endsWith("N")) {
        return Double.NaN;
      }
      if (text.indexOf('I') >= 0) {
        return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      }
      return Double.parseDouble(text);
    }

    /** Its value if it is whole and between -2^63 and 2^63 - 1. */
    public Optional<Long> int64() {
      try {
        return whole ? Optional.of(Long.parseLong(text())) : Optional.empty();
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    @Override
    public String kind() {
      return "Number";
    }
  }

  /** One of the three words. */
  enum JsonWord implements Json {
    TRUE,
    FALSE,
    NULL;

    @Override
    public String kind() {
      return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
  }
}
