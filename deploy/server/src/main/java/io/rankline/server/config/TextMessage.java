package io.rankline.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A message in protobuf's text form, read without knowing its type.
 *
 * @param place the file, for messages
 * @param line where it begins
 * @param fields in the order of the text
 */
record TextMessage(String place, int line, List<Field> fields) {

  /**
   * A field.
   *
   * @param value a {@link TextMessage}, or a String for every scalar
   */
  record Field(String name, int line, Object value) {}

  /** Refuses fields of other names. */
  void allow(String... names) {
    Set<String> known = Set.of(names);
    for (Field field : fields) {
      if (!known.contains(field.name())) {
        throw new ConfigException(
            place,
            field.line(),
            "unknown field '%s'; known here: %s".formatted(field.name(), String.join(", ", names)));
      }
    }
  }

  /** The messages of a name. */
  List<TextMessage> messages(String name) {
    List<TextMessage> found = new ArrayList<>();
    for (Field field : fields) {
      if (field.name().equals(name)) {
        if (!(field.value() instanceof TextMessage message)) {
          throw new ConfigException(
              place, field.line(), "'%s' must be a message in { }".formatted(name));
        }
        found.add(message);
      }
    }
    return found;
  }

  /** The message of a name; of several the last. */
  Optional<TextMessage> message(String name) {
    List<TextMessage> found = messages(name);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  /** The values of a name. */
  List<Field> values(String name) {
    List<Field> found = fields.stream().filter(field -> field.name().equals(name)).toList();
    for (Field field : found) {
      if (field.value() instanceof TextMessage) {
        throw new ConfigException(
            place, field.line(), "'%s' must be a value, got a message".formatted(name));
      }
    }
    return found;
  }

  /** The value of a name; of several the last. */
  Optional<String> text(String name) {
    List<Field> found = values(name);
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of((String) found.get(found.size() - 1).value());
  }

  /** The whole numbers of a name. */
  List<Long> numbers(String name) {
    List<Long> numbers = new ArrayList<>();
    for (Field field : values(name)) {
      try {
        numbers.add(Long.parseLong((String) field.value()));
      } catch (NumberFormatException e) {
        throw new ConfigException(
            place,
            field.line(),
            "'%s' must be a whole number, got '%s'".formatted(name, field.value()));
      }
    }
    return numbers;
  }
}
