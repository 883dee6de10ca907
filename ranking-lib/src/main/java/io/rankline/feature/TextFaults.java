package io.rankline.feature;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.rankline.data.KnownNames;
import io.rankline.data.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The faults of a HOCON text, each with its place, while the text is read. */
public final class TextFaults {

  /** {@code name_{1..136}}. */
  private static final Pattern RANGE = Pattern.compile("(.*)\\{(\\d{1,9})\\.\\.(\\d{1,9})}(.*)");

  private static final int MAX_RANGE = 1_000_000;

  private final List<String> problems = new ArrayList<>();

  /** No fault yet. */
  public TextFaults() {}

  /** Number of faults so far. */
  public int count() {
    return problems.size();
  }

  /** The faults, in the order in which they were found. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Notes a fault at a value; {@code path} is the value's own. */
  public void add(@Nullable ConfigValue value, String path, String what) {
    String place = value == null ? "" : Section.origin(value) + ": ";
    problems.add(place + (path.isEmpty() ? what : path + ": " + what));
  }

  /** Notes every key that is not known. */
  public void checkKeys(ConfigObject object, Set<String> known, String path) {
    object.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            add(value, path.isEmpty() ? key : path + "." + key, unknown("key", key, known));
          }
        });
  }

  /** The text at a key, or {@code otherwise} where there is none; another value is a fault. */
  public String string(ConfigObject object, String path, String key, String otherwise) {
    ConfigValue value = object.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value.unwrapped() instanceof String text) {
      return text;
    }
    add(value, path + "." + key, "must be a string, got " + shown(value));
    return otherwise;
  }

  /** The names that a key stands for: one, or one a number of its range. */
  public List<String> expand(ConfigValue value, String path, String key) {
    Matcher range = RANGE.matcher(key);
    if (!range.matches()) {
      return List.of(key);
    }
    int from = Integer.parseInt(range.group(2));
    int to = Integer.parseInt(range.group(3));
    if (from > to || to - from >= MAX_RANGE) {
      add(
          value,
          path,
          "range {%d..%d} must ascend and name at most %d features".formatted(from, to, MAX_RANGE));
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      names.add(range.group(1) + i + range.group(4));
    }
    return names;
  }

  /** The message for a name that is none of the known ones. */
  public static String unknown(String what, String name, Set<String> known) {
    return "unknown %s '%s'; did you mean '%s'? Known: %s"
        .formatted(
            what, name, KnownNames.nearestFirst(name, known).get(0), String.join(", ", known));
  }

  /** A value as it stands in the text. */
  public static String shown(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }
}
