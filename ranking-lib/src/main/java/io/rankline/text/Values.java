package io.rankline.text;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of the types that options have: numbers, flags, texts, enums, records, lists and maps. */
final class Values {

  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  /** Static methods of an enum that find a constant by its name in text. */
  private static final List<String> LOOKUPS = List.of("ofWireName", "ofName");

  private Values() {}

  /** The value as this type has it; null after a fault, which the section notes. */
  static @Nullable Object read(Section section, String key, ConfigValue value, Type type) {
    Class<?> raw = rawType(type);
    if (raw == List.class) {
      return list(section, key, value, argument(type, 0));
    }
    if (raw == Map.class || raw == SortedMap.class) {
      return map(section, key, value, argument(type, 1));
    }
    if (raw.isRecord()) {
      return record(section, key, value, raw.asSubclass(Record.class));
    }
    Object plain = value.unwrapped();
    if (raw.isEnum() && plain instanceof String name) {
      return constant(section, key, name, raw);
    }
    Object read = scalar(plain, raw);
    if (read == null) {
      boolean isTooLarge = raw == Integer.class && scalar(plain, Long.class) != null;
      section.fault(
          key,
          "must be %s%s, got %s"
              .formatted(words(raw), isTooLarge ? " below 2^31" : "", section.shown(value)));
    }
    return read;
  }

  /** Maps, lists, numbers and texts that {@link #read} reads back to an equal value. */
  static Object write(Object value) {
    if (value instanceof Number number) {
      return Hocon.plain(number);
    }
    if (value instanceof List<?> list) {
      return new ArrayList<>(list.stream().map(Values::write).toList());
    }
    if (value instanceof Map<?, ?> map) {
      SortedMap<String, Object> written = new TreeMap<>();
      map.forEach((name, entry) -> written.put(String.valueOf(name), write(entry)));
      return written;
    }
    if (value instanceof Record record) {
      return RecordCodec.write(record);
    }
    return value instanceof Enum<?> constant ? wireName(constant) : value;
  }

  /** What the page of keys calls values of the type. */
  static String words(Type type) {
    Class<?> raw = rawType(type);
    if (raw == List.class) {
      return "a list of " + plural(argument(type, 0));
    }
    if (raw == Map.class || raw == SortedMap.class) {
      return plural(argument(type, 1)) + " by name";
    }
    if (raw.isEnum()) {
      return "one of "
          + Stream.of(raw.getEnumConstants())
              .map(constant -> wireName((Enum<?>) constant))
              .collect(Collectors.joining(", "));
    }
    if (raw == Integer.class || raw == Long.class) {
      return "a whole number";
    }
    if (raw == Double.class || raw == Float.class) {
      return "a number";
    }
    return raw == Boolean.class ? "true or false" : raw == String.class ? "a text" : "an object";
  }

  /** The class of a type, that of primitives in its boxed form. */
  static Class<?> rawType(Type type) {
    Class<?> raw =
        type instanceof ParameterizedType generic
            ? (Class<?>) generic.getRawType()
            : type instanceof Class<?> plain ? plain : Object.class;
    return java.lang.invoke.MethodType.methodType(raw).wrap().returnType();
  }

  private static String plural(Type type) {
    Class<?> raw = rawType(type);
    if (raw == Integer.class || raw == Long.class) {
      return "whole numbers";
    }
    return raw == Double.class || raw == Float.class
        ? "numbers"
        : raw == String.class ? "texts" : raw == List.class ? "lists" : "objects";
  }

  /** A number or flag may stand in quotes, as the environment and options of others give it. */
  private static @Nullable Object scalar(@Nullable Object plain, Class<?> type) {
    if (type.isInstance(plain)) {
      return plain;
    }
    if (plain instanceof String text) {
      return quoted(text.strip(), type);
    }
    if (!(plain instanceof Number number)) {
      return null;
    }
    if (type == Long.class) {
      return plain instanceof Integer ? (Object) number.longValue() : null;
    }
    return type == Double.class
        ? (Object) number.doubleValue()
        : type == Float.class ? (Object) number.floatValue() : null;
  }

  private static @Nullable Object quoted(String text, Class<?> type) {
    if (type == Boolean.class) {
      String flag = text.toLowerCase(Locale.ROOT);
      return List.of("true", "false").contains(flag) ? Boolean.valueOf(flag) : null;
    }
    try {
      if (type == Integer.class) {
        return Integer.valueOf(text);
      }
      if (type == Long.class) {
        return Long.valueOf(text);
      }
      // A decimal number: Java's own reader takes 1f and 0x1p3, too.
      Double number =
          NOT_FINITE.contains(text) ? Double.valueOf(text) : new BigDecimal(text).doubleValue();
      return type == Double.class
          ? (Object) number
          : type == Float.class ? (Object) number.floatValue() : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Object list(
      Section section, String key, ConfigValue value, Type elementType) {
    // A list of one may be said as its element alone.
    List<ConfigValue> entries = value instanceof ConfigList given ? given : List.of(value);
    List<Object> list = new ArrayList<>();
    for (ConfigValue entry : entries) {
      Class<?> raw = rawType(elementType);
      Object read =
          raw.isRecord() || raw.isEnum()
              ? read(section, key, entry, elementType)
              : scalar(entry.unwrapped(), raw);
      if (read != null) {
        list.add(read);
      } else if (!raw.isRecord() && !raw.isEnum()) {
        section.fault(
            key,
            "must be a list of %s, got %s%s"
                .formatted(
                    plural(elementType),
                    section.shown(entry),
                    value instanceof ConfigList ? " in it" : ""));
      }
    }
    return list.size() < entries.size() ? null : List.copyOf(list);
  }

  private static @Nullable Object map(
      Section section, String key, ConfigValue value, Type elementType) {
    Section below = section.below(key, value);
    if (below == null) {
      return null;
    }
    SortedMap<String, Object> map = new TreeMap<>();
    int before = section.faultCount();
    for (Map.Entry<String, ConfigValue> entry : ((ConfigObject) value).entrySet()) {
      Object read = read(below, entry.getKey(), entry.getValue(), elementType);
      if (read != null) {
        map.put(entry.getKey(), read);
      }
    }
    return section.faultCount() > before ? null : Collections.unmodifiableSortedMap(map);
  }

  private static <R extends Record> @Nullable R record(
      Section section, String key, ConfigValue value, Class<R> type) {
    Section below = section.below(key, value);
    if (below == null) {
      return null;
    }
    R read = RecordCodec.of(type).read(below);
    below.rejectUnknownKeys();
    return read;
  }

  private static @Nullable Object constant(
      Section section, String key, String name, Class<?> type) {
    for (String lookup : LOOKUPS) {
      try {
        Method method = type.getDeclaredMethod(lookup, String.class);
        method.setAccessible(true);
        return method.invoke(null, name);
      } catch (NoSuchMethodException e) {
        // The next lookup, or the names of the constants.
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof IllegalArgumentException refusal) {
          section.refused(key, refusal);
          return null;
        }
        throw new IllegalStateException(type + " has no lookup by name", e);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(type + " hides its names", e);
      }
    }
    List<String> known = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      known.add(wireName((Enum<?>) constant));
      if (known.get(known.size() - 1).equals(name)) {
        return constant;
      }
    }
    section.fault(
        key,
        "must be one of %s, got '%s'"
            .formatted(String.join(", ", KnownNames.nearestFirst(name, known)), name));
    return null;
  }

  private static String wireName(Enum<?> constant) {
    try {
      Method method = constant.getDeclaringClass().getDeclaredMethod("wireName");
      method.setAccessible(true);
      return (String) method.invoke(constant);
    } catch (NoSuchMethodException e) {
      return constant.name().toLowerCase(Locale.ROOT);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(constant + " hides its name", e);
    }
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
