package io.rankline.spark.evaluation;

import java.util.Locale;

/**
 * How far labels say anything of an order.
 *
 * @param labels number of labels
 * @param below0 number of those below 0, whose rows are left out
 * @param most the largest label; infinitely small where there is none
 * @param tellApart whether two rows of a query have different labels, those below 0 left out
 */
record JudgedRows(long labels, long below0, double most, boolean tellApart) {

  /**
   * What labels say.
   *
   * @param labels shape [rows, topics]
   * @param starts first row of each list, and the end of the last one
   */
  static JudgedRows of(double[] labels, int[] starts, int topics) {
    long below0 = 0;
    double most = Double.NEGATIVE_INFINITY;
    boolean tellApart = false;
    for (int list = 0; list + 1 < starts.length; list++) {
      for (int topic = 0; topic < topics; topic++) {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (int row = starts[list]; row < starts[list + 1]; row++) {
          double label = labels[row * topics + topic];
          if (label < 0) {
            below0++;
          } else {
            least = Math.min(least, label);
          }
          largest = Math.max(largest, label);
        }
        most = Math.max(most, largest);
        tellApart |= largest > least;
      }
    }
    return new JudgedRows(labels.length, below0, most, tellApart);
  }

  /** Whether all rows are left out. */
  boolean isEmpty() {
    return most < 0;
  }

  /** Why every order would do; empty where some are better than others. */
  String problem() {
    if (isEmpty()) {
      return "none of %s labels is 0 or more, so there is nothing to measure; check which column or feature the label is"
          .formatted(labels);
    }
    if (!(most > 0)) {
      return "none of %s labels is above 0, so there is nothing to measure".formatted(labels);
    }
    if (tellApart) {
      return "";
    }
    String every = "no query has two rows of different labels, so every order is as good as any";
    return below0 == 0
        ? every
        : every
            + "; %s of %s labels are below 0, which leaves their rows out: where -1 means not relevant, write 0"
                .formatted(below0, labels);
  }

  /** {@code 3 of 12 rows have a label below 0: left out.} */
  String leftOut() {
    return String.format(
        Locale.ROOT, "%,d of %,d rows have a label below 0: left out.", below0, labels);
  }
}
