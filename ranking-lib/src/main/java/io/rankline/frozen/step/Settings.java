package io.rankline.frozen.step;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a saved layer. */
record Settings(String vertex, Map<String, Object> fields) {

  /** The class without its package, or the whole name if it is neither ours nor DL4J's. */
  String kind() {
    String name = text("@class");
    return name.startsWith("io.rankline.model.layer.")
            || name.startsWith("org.deeplearning4j.nn.conf.graph.")
            || name.startsWith("org.nd4j.linalg.activations.impl.")
        ? name.substring(name.lastIndexOf('.') + 1)
        : name;
  }

  Settings object(String name) {
    if (fields.get(name) instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // JSON's objects have texts as keys
      Map<String, Object> object = (Map<String, Object>) map;
      return new Settings(vertex, object);
    }
    throw wrong(name);
  }

  boolean has(String name) {
    return fields.get(name) != null;
  }

  String text(String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw wrong(name);
  }

  int integer(String name) {
    return number(name).intValue();
  }

  double real(String name) {
    return number(name).doubleValue();
  }

  boolean flag(String name) {
    if (fields.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name);
  }

  int[] integers(String name) {
    if (fields.get(name) instanceof List<?> list) {
      return list.stream().mapToInt(value -> ((Number) value).intValue()).toArray();
    }
    throw wrong(name);
  }

  List<String> texts(String name) {
    @Nullable Object value = fields.get(name);
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    throw new IllegalArgumentException("the network must have '%s', got %s".formatted(name, value));
  }

  private Number number(String name) {
    if (fields.get(name) instanceof Number number) {
      return number;
    }
    throw wrong(name);
  }

  private IllegalArgumentException wrong(String name) {
    @Nullable Object value = fields.get(name);
    return new IllegalArgumentException(
        "vertex '%s': '%s' must be given, got %s".formatted(vertex, name, value));
  }
}
