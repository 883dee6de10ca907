package io.rankline.server.rest;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.io.example.ExampleWriter;
import io.rankline.server.json.Json;
import io.rankline.server.json.Json.JsonArray;
import io.rankline.server.json.Json.JsonNumber;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.json.Json.JsonText;
import io.rankline.server.json.Json.JsonWord;
import io.rankline.server.json.Json.Member;
import io.rankline.server.status.RequestFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The features of a tf.Example as JSON has them: a value or a list of values of one kind. Numbers
 * with a point or an exponent are floats, whole ones and true and false are integers.
 */
final class JsonExample {

  private final Map<String, Values> features = new LinkedHashMap<>();

  /**
   * Values of one kind.
   *
   * @param kind of tf.Example
   * @param numbers floats or longs
   * @param strings or strings
   */
  private record Values(DType kind, List<Number> numbers, List<byte[]> strings) {

    int size() {
      return kind == DType.STRING ? strings.size() : numbers.size();
    }
  }

  private JsonExample() {}

  static JsonExample of(Json json) throws RequestFault {
    if (!(json instanceof JsonObject object)) {
      throw RequestFault.invalid(
          "Example must be JSON object but got JSON %s".formatted(json.kind()));
    }
    JsonExample example = new JsonExample();
    for (Member member : object.members()) {
      example.put(member.name(), member.value());
    }
    return example;
  }

  /** Those features and its own; of one in both its own. */
  JsonExample on(JsonExample context) {
    JsonExample both = new JsonExample();
    both.features.putAll(context.features);
    both.features.putAll(features);
    return both;
  }

  /** The serialized tf.Example. */
  byte[] toBytes() {
    ExampleWriter writer = new ExampleWriter();
    features.forEach(
        (name, values) -> {
          switch (values.kind()) {
            case FLOAT32 -> {
              float[] floats = new float[values.size()];
              for (int i = 0; i < floats.length; i++) {
                floats[i] = values.numbers().get(i).floatValue();
              }
              writer.floats(name, floats, 0, floats.length);
            }
            case INT64 -> {
              long[] longs = new long[values.size()];
              for (int i = 0; i < longs.length; i++) {
                longs[i] = values.numbers().get(i).longValue();
              }
              writer.longs(name, longs, 0, longs.length);
            }
            case STRING -> writer.strings(name, values.strings());
          }
        });
    return writer.toByteArray();
  }

  /** Refuses what TensorFlow's parser refuses, in its words. */
  void require(Map<String, FeatureSpec> wanted, int place) throws RequestFault {
    for (Map.Entry<String, FeatureSpec> entry : wanted.entrySet()) {
      String name = entry.getKey();
      FeatureSpec spec = entry.getValue();
      Values values = features.get(name);
      FixedLenFeature fixed = spec instanceof FixedLenFeature length ? length : null;
      if (values == null) {
        if (fixed != null && !fixed.hasDefault()) {
          throw RequestFault.invalid(
              "Name: <unknown>, Feature: %s (data type: %s) is required but could not be found."
                  .formatted(name, typeName(spec.dtype())));
        }
      } else if (values.kind() != spec.dtype()) {
        throw RequestFault.invalid(
            ("Name: <unknown>, Key: %s, Index: %s.  Data types don't match. Data type: %s but"
                    + " expected type: %s")
                .formatted(name, place, typeName(values.kind()), typeName(spec.dtype())));
      } else if (fixed != null && values.size() != fixed.width()) {
        throw RequestFault.invalid(
            ("Name: <unknown>, Key: %s, Index: %s.  Number of %s values != expected.  values size:"
                    + " %s but output shape: %s")
                .formatted(
                    name,
                    place,
                    typeName(spec.dtype()),
                    values.size(),
                    fixed.shape().toString().replace(" ", "")));
      }
    }
  }

  /** A list without values is a feature that is absent; of equal names the last counts. */
  private void put(String name, Json content) throws RequestFault {
    List<Json> elements = content instanceof JsonArray array ? array.values() : List.of(content);
    features.remove(name);
    for (Json element : elements) {
      DType kind = kindOf(name, element);
      Values values =
          features.computeIfAbsent(
              name, first -> new Values(kind, new ArrayList<>(1), new ArrayList<>(0)));
      if (values.kind() != kind) {
        throw RequestFault.invalid(
            "Unexpected element type in feature: %s expecting type: %s"
                .formatted(
                    name, values.kind() == DType.STRING ? "bytes" : typeName(values.kind())));
      }
      add(name, element, values);
    }
  }

  private static DType kindOf(String name, Json element) throws RequestFault {
    if (element instanceof JsonNumber number) {
      return number.whole() && !isBeyondIntegers(number) ? DType.INT64 : DType.FLOAT32;
    }
    if (element == JsonWord.TRUE || element == JsonWord.FALSE) {
      return DType.INT64;
    }
    if (element instanceof JsonText || RequestText.isBase64(element)) {
      return DType.STRING;
    }
    throw RequestFault.invalid(
        "Feature: %s has element with unexpected JSON type: %s".formatted(name, element.kind()));
  }

  private static void add(String name, Json element, Values values) throws RequestFault {
    if (element instanceof JsonNumber number) {
      if (values.kind() == DType.FLOAT32) {
        values.numbers().add((float) number.value());
      } else if (number.int64().isPresent()) {
        values.numbers().add(number.int64().get());
      } else {
        throw RequestFault.invalid(
            "Feature: %s has uint64 element. Only int64 is supported.".formatted(name));
      }
    } else if (element instanceof JsonWord word) {
      values.numbers().add(word == JsonWord.TRUE ? 1L : 0L);
    } else if (element instanceof JsonText text) {
      values.strings().add(text.toBytes());
    } else {
      ByteBuffer decoded = RequestText.base64(element);
      byte[] string = new byte[decoded.remaining()];
      decoded.get(string);
      values.strings().add(string);
    }
  }

  /** Whole numbers that no 64 bits hold count as floats. */
  private static boolean isBeyondIntegers(JsonNumber number) {
    if (number.to() - number.from() < 19) {
      return false;
    }
    double value = number.value();
    return value >= 0x1p64 || value < -0x1p63;
  }

  private static String typeName(DType type) {
    return type == DType.FLOAT32 ? "float" : type.name().toLowerCase(Locale.ROOT);
  }
}
