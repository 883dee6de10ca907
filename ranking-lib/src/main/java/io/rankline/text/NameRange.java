package io.rankline.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys that stand for many names: {@code name_{1..136}}. */
public final class NameRange {

  private static final Pattern RANGE = Pattern.compile("(.*)\\{(\\d{1,9})\\.\\.(\\d{1,9})}(.*)");

  private static final int MAX_NAMES = 1_000_000;

  private NameRange() {}

  /**
   * The names that a key stands for: itself, or one for each number of its range.
   *
   * @throws IllegalArgumentException for a range that does not ascend, or is too long
   */
  public static List<String> expand(String key) {
    Matcher range = RANGE.matcher(key);
    if (!range.matches()) {
      return List.of(key);
    }
    int from = Integer.parseInt(range.group(2));
    int to = Integer.parseInt(range.group(3));
    if (from > to || to - from >= MAX_NAMES) {
      throw new IllegalArgumentException(
          "range {%s..%s} must ascend and name at most %s features".formatted(from, to, MAX_NAMES));
    }
    List<String> names = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      names.add(range.group(1) + i + range.group(4));
    }
    return names;
  }
}
