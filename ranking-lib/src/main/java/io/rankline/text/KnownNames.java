package io.rankline.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Guesses which of the known names somebody meant who wrote another one. */
public final class KnownNames {

  /** One letter in so many may be wrong. */
  private static final int LETTERS_A_SLIP = 4;

  private KnownNames() {}

  /**
   * The known names, those most like {@code wrong} first; of equals, in the order given. Letters
   * that {@code wrong} lacks count half, since names get shortened: {@code softmax} is near {@code
   * softmax_loss}.
   */
  public static List<String> nearestFirst(String wrong, Collection<String> known) {
    return known.stream()
        .sorted(Comparator.comparingInt(name -> distance(wrong, name, 1, 2)))
        .toList();
  }

  /** The message for a name that is none of the known ones. */
  public static String didYouMean(String what, String name, Collection<String> known) {
    return "unknown %s '%s'; did you mean '%s'? Known: %s"
        .formatted(what, name, nearestFirst(name, known).get(0), String.join(", ", known));
  }

  /** What somebody meant who wrote a name with a slip or two, or all that there is. */
  static String meant(String name, Collection<String> known) {
    List<String> nearest = nearestFirst(name, known);
    boolean slip =
        nearest.size() > 1 && edits(name, nearest.get(0)) <= name.length() / LETTERS_A_SLIP;
    return slip
        ? "did you mean %s? Others are %s"
            .formatted(nearest.get(0), String.join(", ", nearest.subList(1, nearest.size())))
        : "expected one of " + String.join(", ", nearest);
  }

  /** Levenshtein's distance: the least number of letters to insert, drop or replace. */
  public static int edits(String from, String to) {
    return distance(from, to, 1, 1);
  }

  private static int distance(String from, String to, int insert, int dropOrReplace) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j * insert;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i * dropOrReplace;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : dropOrReplace);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j] + dropOrReplace, row[j - 1] + insert));
      }
    }
    return row[to.length()];
  }
}
