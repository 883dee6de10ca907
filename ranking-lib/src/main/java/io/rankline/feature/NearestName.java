package io.rankline.feature;

import java.util.Collection;
import java.util.Comparator;

/** Guesses which known name somebody meant. */
public final class NearestName {

  private NearestName() {}

  /** The known name with the fewest edits; the first of equals. */
  public static String of(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> edits(name, candidate)))
        .orElseThrow();
  }

  /** Levenshtein's distance: insertions, deletions and replacements of single characters. */
  public static int edits(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
