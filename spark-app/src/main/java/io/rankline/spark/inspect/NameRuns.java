package io.rankline.spark.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Names that are numbered through and have equal values, brought together to one key. */
final class NameRuns {

  private NameRuns() {}

  /**
   * Some names with one value.
   *
   * @param first the first of them
   * @param key all of them, as {@code x_{1..136}} where there are several
   */
  record Run(String first, String key, String value) {}

  /** The runs of names in the order of {@link FilesProfile#BY_NAME_AND_NUMBER}. */
  static List<Run> of(SortedMap<String, String> values) {
    List<Run> runs = new ArrayList<>();
    List<String> names = new ArrayList<>();
    String value = "";
    for (Map.Entry<String, String> entry : values.entrySet()) {
      boolean continues =
          !names.isEmpty()
              && entry.getValue().equals(value)
              && follows(names.get(names.size() - 1), entry.getKey());
      if (!continues && !names.isEmpty()) {
        runs.add(run(names, value));
        names.clear();
      }
      names.add(entry.getKey());
      value = entry.getValue();
    }
    if (!names.isEmpty()) {
      runs.add(run(names, value));
    }
    return runs;
  }

  private static boolean follows(String before, String name) {
    return NumberedName.number(before) >= 0
        && NumberedName.prefix(before).equals(NumberedName.prefix(name))
        && NumberedName.number(name) == NumberedName.number(before) + 1;
  }

  private static Run run(List<String> names, String value) {
    String first = names.get(0);
    String last = names.get(names.size() - 1);
    return new Run(
        first,
        names.size() == 1
            ? first
            : "%s{%s..%s}"
                .formatted(
                    NumberedName.prefix(first),
                    NumberedName.number(first),
                    NumberedName.number(last)),
        value);
  }
}
