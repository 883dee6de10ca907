package io.rankline.loss.smooth;

import io.rankline.loss.arithmetic.ExpLog;

/**
 * Rows of a {@link NeuralSort} that has factors, some at a time: row r + j is row r times the j-th
 * power of the factors, up to a number that a scaling of rows takes away.
 *
 * <p>The first row of a group has no cutoff where another one has an entry: there it may fall to
 * {@code e^(-cutoff - 2 j MOST_SPREAD)}, a normal number for a few rows.
 */
final class RowGroups {

  private NeuralSort sort = new NeuralSort();
  private int rows;
  private int peak;
  private int last;

  /** The first row of the group; entries outside of [from, to) are stale. */
  double[] row = {};

  /** The part that is not 0 in every row of the group. */
  int from;

  int to;

  /** What turns the first row of a group into that of the next. */
  private double[] step = {};

  /** {@code z / temperature} at the end of the first row, and of the last one, by their peaks. */
  private double beyondFirst;

  private double beyondLast;

  /**
   * Takes the scores that were presented to a sort.
   *
   * @param newRows rows of a group
   */
  void take(NeuralSort presented, int newRows) {
    sort = presented;
    rows = newRows;
    peak = -newRows;
    last = -1;
    from = 0;
    to = 0;
    int n = sort.size();
    if (row.length < n) {
      row = new double[n];
      step = new double[n];
    }
    for (int k = 0; k < n; k++) {
      step[k] = power(k, rows);
    }
  }

  /** The factor of column k between the first row of a group and row j. */
  double power(int k, int j) {
    double power = sort.factor[k];
    for (int i = 1; i < j; i++) {
      power *= sort.factor[k];
    }
    return power;
  }

  /** Fills the next group. */
  void next() {
    int lastBefore = last;
    peak += rows;
    last = Math.min(peak + rows, sort.size()) - 1;
    if (to > peak) {
      advance();
    } else {
      walkUp();
    }
    append(lastBefore);
  }

  private void advance() {
    double scale = 1 / (step[peak] * row[peak]);
    for (int k = from; k < to; k++) {
      row[k] = row[k] * step[k] * scale;
    }
    while (row[from] < sort.least) {
      from++;
    }
    if (to < sort.size()) {
      beyondFirst = shifted(beyondFirst, peak - rows, peak);
    }
  }

  /** The same exponent, relative to the peak of another row. */
  private double shifted(double beyond, int before, int now) {
    double sum = beyond;
    for (int p = before + 1; p <= now; p++) {
      sum += (2 * (sort.s[p] - sort.s[to]) + sort.gap[p - 1]) * sort.inverse;
    }
    return sum;
  }

  /** Fills the first row from its peak towards higher scores. */
  private void walkUp() {
    row[peak] = 1;
    double below = 0;
    int k = peak - 1;
    for (; k >= 0; k--) {
      if (sort.gap[k] != 0) {
        below += sort.gap[k] * (2 * (k - peak) + 1) * sort.inverse;
        if (below < -sort.cutoff) {
          break;
        }
        row[k] = ExpLog.exp(below);
      } else {
        row[k] = row[k + 1];
      }
    }
    from = k + 1;
    to = peak + 1;
    beyondFirst = fall(peak);
  }

  /** How far the exponents of a row with this peak fall from the entry before the end. */
  private double fall(int ofPeak) {
    return to < sort.size() ? -sort.gap[to - 1] * (2 * (to - 1 - ofPeak) + 1) * sort.inverse : 0;
  }

  /** Adds what lies after it and is in any row. */
  private void append(int lastBefore) {
    if (to <= last) {
      while (to <= last) {
        append();
      }
      beyondLast = fall(last);
    } else if (to < sort.size()) {
      beyondLast = lastBefore < 0 ? fall(last) : shifted(beyondLast, lastBefore, last);
    }
    while (to < sort.size() && beyondLast >= -sort.cutoff) {
      append();
      beyondLast += fall(last);
    }
  }

  private void append() {
    row[to] = sort.gap[to - 1] == 0 ? row[to - 1] : ExpLog.exp(beyondFirst);
    to++;
    beyondFirst += fall(peak);
  }
}
