package io.rankline.serving;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The value of a feature as a caller gives it: one, or a collection or an array of them. */
final class FeatureValue {

  private final List<Object> values;
  private final String place;

  /**
   * A value.
   *
   * @param place of which feature, for messages
   */
  FeatureValue(Object value, String place) {
    this.place = place;
    this.values = new ArrayList<>();
    if (value instanceof Collection<?> several) {
      values.addAll(several);
    } else if (value.getClass().isArray() && !(value instanceof byte[])) {
      for (int i = 0; i < Array.getLength(value); i++) {
        values.add(Array.get(value, i));
      }
    } else {
      values.add(value);
    }
  }

  float[] floats() {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      if (!(values.get(i) instanceof Number number)) {
        throw wrong("a number (float32)", values.get(i));
      }
      floats[i] = number.floatValue();
    }
    return floats;
  }

  long[] longs() {
    long[] longs = new long[values.size()];
    for (int i = 0; i < longs.length; i++) {
      if (!(values.get(i) instanceof Number number)
          || number.doubleValue() != Math.rint(number.doubleValue())) {
        throw wrong("a whole number (int64)", values.get(i));
      }
      longs[i] = number.longValue();
    }
    return longs;
  }

  List<byte[]> strings() {
    List<byte[]> strings = new ArrayList<>(values.size());
    for (Object value : values) {
      if (value instanceof CharSequence text) {
        strings.add(text.toString().getBytes(StandardCharsets.UTF_8));
      } else if (value instanceof byte[] bytes) {
        strings.add(bytes);
      } else {
        throw wrong("a string", value);
      }
    }
    return strings;
  }

  private IllegalArgumentException wrong(String expected, Object value) {
    return new IllegalArgumentException(
        "%s must be %s, got %s%s"
            .formatted(
                place,
                expected,
                value,
                value == null ? "" : " of type " + value.getClass().getSimpleName()));
  }
}
