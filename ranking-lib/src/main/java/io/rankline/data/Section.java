package io.rankline.data;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object of a HOCON text, read key by key. Faults are collected with the place where they
 * stand, by this section and all below it, and told at once by {@link #finish}; a key that nobody
 * asked for is a fault too. After a fault a read gives the default, so that reading goes on.
 */
public final class Section {

  /** What the library's description of several places starts with; commas stand between them. */
  private static final String MERGED = "merge of ";

  private final ConfigObject object;
  private final String path;
  private final List<String> problems;
  private final Set<String> asked = new LinkedHashSet<>();

  private Section(ConfigObject object, String path, List<String> problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
  }

  /** The section that an object is. */
  public static Section of(ConfigObject object) {
    return new Section(object, "", new ArrayList<>());
  }

  /**
   * The section that a text is: {@code {name = adam, beta_1 = 0.8}}.
   *
   * @param origin where the text comes from, for messages
   * @throws IllegalArgumentException if it is no HOCON
   */
  public static Section parse(String text, String origin) {
    try {
      Config config =
          ConfigFactory.parseString(
              text, ConfigParseOptions.defaults().setOriginDescription(origin));
      return of(config.resolve().root());
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          e.getMessage() == null ? origin + ": cannot be read" : e.getMessage(), e);
    }
  }

  /** Whether the text is an object rather than a plain name. */
  public static boolean isObject(String text) {
    return text.stripLeading().startsWith("{");
  }

  /** Whether the key has a value other than null. */
  public boolean has(String key) {
    return value(key) != null;
  }

  /** The value of a key as it stands, null where there is none; counts as asked for. */
  public @Nullable ConfigValue value(String key) {
    asked.add(key);
    ConfigValue value = object.get(key);
    return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
  }

  /** A number. */
  public double real(String key, double otherwise) {
    ConfigValue value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (value.unwrapped() instanceof Number number) {
      return number.doubleValue();
    }
    fault(key, "must be a number, got " + shown(value));
    return otherwise;
  }

  /** A whole number, null where there is none. */
  public @Nullable Long whole(String key) {
    ConfigValue value = value(key);
    if (value == null) {
      return null;
    }
    if (value.unwrapped() instanceof Integer || value.unwrapped() instanceof Long) {
      return ((Number) value.unwrapped()).longValue();
    }
    fault(key, "must be a whole number, got " + shown(value));
    return null;
  }

  /** A whole number in the range of int. */
  public int whole(String key, int otherwise) {
    Long number = whole(key);
    if (number == null) {
      return otherwise;
    }
    if (number != number.intValue()) {
      fault(key, "must be a whole number below 2^31, got " + number);
      return otherwise;
    }
    return number.intValue();
  }

  /** True or false. */
  public boolean flag(String key, boolean otherwise) {
    ConfigValue value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (value.unwrapped() instanceof Boolean flag) {
      return flag;
    }
    fault(key, "must be true or false, got " + shown(value));
    return otherwise;
  }

  /** A text. */
  public String text(String key, String otherwise) {
    ConfigValue value = value(key);
    if (value == null) {
      return otherwise;
    }
    if (value.unwrapped() instanceof String text) {
      return text;
    }
    fault(key, "must be a text, got " + shown(value));
    return otherwise;
  }

  /** A list of numbers, empty where there is none. */
  public List<Double> reals(String key) {
    List<Double> numbers = new ArrayList<>();
    for (ConfigValue value : values(key)) {
      if (value.unwrapped() instanceof Number number) {
        numbers.add(number.doubleValue());
      } else {
        fault(key, "must be a list of numbers, got " + shown(value) + " in it");
      }
    }
    return numbers;
  }

  /** A list, empty where there is none. */
  public List<ConfigValue> values(String key) {
    ConfigValue value = value(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof ConfigList list) {
      return list;
    }
    fault(key, "must be a list, got " + shown(value));
    return List.of();
  }

  /** The section below a value of this one; null, and a fault, where it is no object. */
  public @Nullable Section below(String key, ConfigValue value) {
    if (value instanceof ConfigObject below) {
      return new Section(below, at(key), problems);
    }
    problems.add(place(value) + at(key) + " must be an object, got " + shown(value));
    return null;
  }

  /** Notes what is wrong with the value of a key. */
  public void fault(String key, String what) {
    ConfigValue value = object.get(key);
    problems.add(place(value == null ? object : value) + at(key) + " " + what);
  }

  /** Notes what is wrong with the whole section. */
  public void fault(String what) {
    problems.add(place(object) + (path.isEmpty() ? "" : path + ": ") + what);
  }

  /**
   * Notes what a builder found wrong, one fault a line. A line that starts with a key that was
   * asked for is told at the place of that key.
   */
  public void faults(String lines) {
    lines
        .lines()
        .forEach(
            line -> {
              int end = line.indexOf(' ');
              if (end > 0 && asked.contains(line.substring(0, end))) {
                fault(line.substring(0, end), line.substring(end + 1));
              } else {
                fault(line);
              }
            });
  }

  /** Notes a fault that is told with its place already. */
  public void add(String problem) {
    problems.add(problem);
  }

  /** Notes keys that nobody asked for. Comes after the last read. */
  public void rejectUnknownKeys() {
    for (String key : object.keySet()) {
      if (!asked.contains(key)) {
        problems.add(
            "%sunknown key %s; expected one of %s"
                .formatted(
                    place(Objects.requireNonNull(object.get(key))),
                    at(key),
                    String.join(", ", KnownNames.nearestFirst(key, asked))));
      }
    }
  }

  /** Whether anything was wrong so far. */
  public boolean isFaulty() {
    return !problems.isEmpty();
  }

  /**
   * Ends reading.
   *
   * @throws IllegalArgumentException with all faults, one a line
   */
  public void finish() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /**
   * Where a value stands: {@code run.conf: 12}, or each such place of an object that was merged.
   */
  public static String origin(ConfigValue value) {
    String description = value.origin().description();
    return description.startsWith(MERGED)
        ? description.substring(MERGED.length()).replace(",", " and ")
        : description;
  }

  private static String place(ConfigValue value) {
    return origin(value) + ": ";
  }

  private static String shown(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }
}
