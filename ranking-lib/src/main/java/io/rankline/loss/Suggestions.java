package io.rankline.loss;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Orders the known names by how close they are to one that is unknown. */
final class Suggestions {

  private Suggestions() {}

  /** All names, separated by commas, the nearest by edit distance first. */
  static String nearestFirst(String wrong, List<String> known) {
    return known.stream()
        .sorted(
            Comparator.<String>comparingInt(name -> distance(wrong, name))
                .thenComparing(Comparator.naturalOrder()))
        .collect(Collectors.joining(", "));
  }

  /** Levenshtein distance, where insertions into {@code wrong} count half: names get shortened. */
  private static int distance(String wrong, String name) {
    int[] row = new int[name.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= wrong.length(); i++) {
      int diagonal = row[0];
      row[0] = 2 * i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (wrong.charAt(i - 1) == name.charAt(j - 1) ? 0 : 2);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j] + 2, row[j - 1] + 1));
      }
    }
    return row[name.length()];
  }
}
