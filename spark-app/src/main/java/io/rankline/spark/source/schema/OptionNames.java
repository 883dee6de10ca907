package io.rankline.spark.source.schema;

import io.rankline.text.Fault;
import io.rankline.text.KnownNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds misspelled options. Spark hands a source its own options and those of the storage too, so a
 * name is refused only where it nearly is one of ours.
 */
final class OptionNames {

  /** How many letters may be wrong; Spark's own names are further than that from ours. */
  private static final int MAX_DISTANCE = 2;

  /** Names as short as this one resemble too many others. */
  private static final int LEAST_LETTERS = 6;

  private OptionNames() {}

  static List<Fault> misspelled(Collection<String> given, List<String> known) {
    List<Fault> faults = new ArrayList<>();
    for (String name : given) {
      if (known.stream().noneMatch(name::equalsIgnoreCase)) {
        Optional<String> meant = known.stream().filter(ours -> resembles(name, ours)).findFirst();
        meant.ifPresent(
            ours ->
                faults.add(
                    Fault.ofSentence(
                        "unknown option '%s'; the nearest known is %s".formatted(name, ours))));
      }
    }
    return faults;
  }

  private static boolean resembles(String name, String ours) {
    String left = letters(name);
    String right = letters(ours);
    if (left.equals(right) || left.equals(right + "s") || right.equals(left + "s")) {
      return true;
    }
    return right.length() > LEAST_LETTERS && KnownNames.edits(left, right) <= MAX_DISTANCE;
  }

  private static String letters(String name) {
    return name.replaceAll("[_\\-.\\s]", "").toLowerCase(Locale.ROOT);
  }
}
