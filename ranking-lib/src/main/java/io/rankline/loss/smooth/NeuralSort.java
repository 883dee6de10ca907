package io.rankline.loss.smooth;

import io.rankline.data.ItemOrder;
import io.rankline.loss.arithmetic.ArraySum;
import io.rankline.loss.arithmetic.ExpLog;

/**
 * The relaxed permutation matrix of NeuralSort, row by row: row r spreads position r over items.
 *
 * <pre>
 *   P_ri = softmax over i of z_ri,  z_ri = (n + 1 - 2 r) s_i - A_i,  A_i = sum_j |s_i - s_j|
 * </pre>
 *
 * <p>With items in the order of their scores, {@code z_r,k - z_r,k+1 = (2 (k - r) + 1) (s_k -
 * s_k+1)}: a row has its peak at item r and falls on both sides. It is therefore walked from the
 * peak both ways, which takes no difference of large numbers, and left where the rest is below any
 * digit that counts.
 *
 * <p>Rows in turn take next to no exponentials: {@code z_r+1,k - z_r,k = -2 s_k} is one factor an
 * item in all rows.
 */
final class NeuralSort {

  /**
   * {@code e^-39 = 1e-17}: what is left out is below the last digit of a row, and of the thirteenth
   * of one whose columns are scaled by some thousands.
   */
  private static final double CUTOFF = 39;

  /**
   * The most that scores divided by the temperature may lie apart. Their factors are off by as many
   * units in the last place, in each of up to n rows.
   */
  private static final double MOST_SPREAD = 60;

  double[] s = new double[0];
  double[] gap = new double[0];

  /** Items by score, highest first. */
  int[] order = {};

  private final ItemOrder items = new ItemOrder();

  /** Position in the order of each item. */
  int[] place = new int[0];

  /** Row as probabilities, by position in the order; entries outside of [from, to) are stale. */
  double[] row = new double[0];

  /** The part of the row that is not 0. */
  int from;

  int to;

  /** Sum over rows of {@code (n + 1 - 2 r) dz_ri}, and of {@code dz_ri}. */
  double[] scaledSlope = new double[0];

  double[] slope = new double[0];

  final double cutoff;

  /** The least entry, relative to the largest of its row. */
  final double least;

  /** One divided by the temperature. */
  double inverse;

  private int size;

  /**
   * {@code e^(-2 s_k / temperature)} over that of the middle between all scores, where these lie
   * close enough together.
   */
  double[] factor = new double[0];

  /** Whether they lie so. */
  boolean hasFactors;

  /** The row that was filled last, 0 for none. */
  private int filled;

  /** {@code z / temperature} at the end of the row that was filled, relative to its peak. */
  private double beyond;

  /** Entries below 1e-17 of the largest in their row are 0. */
  NeuralSort() {
    this(CUTOFF);
  }

  /**
   * Rows of another width.
   *
   * @param cutoff entries below {@code e^-cutoff} of the largest in their row are 0
   */
  NeuralSort(double cutoff) {
    this.cutoff = cutoff;
    this.least = Math.exp(-cutoff);
  }

  /** Number of scores presented. */
  int size() {
    return size;
  }

  /**
   * Presents scores.
   *
   * @param scores shape [n] or longer
   * @param temperature divides z
   */
  void present(double[] scores, int n, double temperature) {
    reserve(n);
    size = n;
    order = items.descending(scores, n);
    for (int k = 0; k < n; k++) {
      s[k] = scores[order[k]];
      place[order[k]] = k;
      scaledSlope[k] = 0;
      slope[k] = 0;
    }
    for (int k = 0; k < n - 1; k++) {
      gap[k] = s[k] - s[k + 1];
    }
    inverse = 1 / temperature;
    filled = 0;
    hasFactors = n > 1 && (s[0] - s[n - 1]) * inverse <= MOST_SPREAD;
    if (hasFactors) {
      fillFactors();
    }
  }

  private void fillFactors() {
    double middle = s[size - 1] + (s[0] - s[size - 1]) / 2;
    for (int k = 0; k < size; k++) {
      factor[k] =
          k > 0 && gap[k - 1] == 0 ? factor[k - 1] : ExpLog.exp(2 * (middle - s[k]) * inverse);
    }
  }

  /** Fills the row of position r, from 1. */
  void fillRow(int r) {
    double part = 1 / fillExponentials(r);
    for (int k = from; k < to; k++) {
      row[k] *= part;
    }
  }

  /** Like {@link #fillRow}, relative to the entry of item r. Returns the sum. */
  double fillExponentials(int r) {
    boolean follows = filled > 0 && filled == r - 1;
    filled = r;
    return follows && hasFactors ? advance(r - 1) : walk(r - 1);
  }

  /** Makes the row of this peak of the one before it, whatever that was multiplied with. */
  private double advance(int peak) {
    if (to <= peak) {
      return walk(peak);
    }
    double scale = 1 / (factor[peak] * row[peak]);
    for (int k = from; k < to; k++) {
      row[k] = row[k] * factor[k] * scale;
    }
    while (row[from] < least) {
      from++;
    }
    if (to < size) {
      beyond += (2 * (s[peak] - s[to]) + gap[peak - 1]) * inverse;
      extend(peak);
    }
    return ArraySum.of(row, from, to);
  }

  /** Adds to the row what lies after it and is not below the cutoff. */
  private void extend(int peak) {
    while (to < size && beyond >= -cutoff) {
      row[to] = gap[to - 1] == 0 ? row[to - 1] : ExpLog.exp(beyond);
      to++;
      stepBeyond(peak);
    }
  }

  private void stepBeyond(int peak) {
    if (to < size) {
      beyond -= gap[to - 1] * (2 * (to - 1 - peak) + 1) * inverse;
    }
  }

  /** Fills a row from its peak both ways. */
  private double walk(int peak) {
    row[peak] = 1;
    double sum = 1;
    // Items of equal score, most of those of a label, have equal entries: one exponential for all.
    double entry = 1;
    double below = 0;
    int k = peak - 1;
    for (; k >= 0; k--) {
      if (gap[k] != 0) {
        below += gap[k] * (2 * (k - peak) + 1) * inverse;
        if (below < -cutoff) {
          break;
        }
        entry = ExpLog.exp(below);
      }
      row[k] = entry;
      sum += entry;
    }
    from = k + 1;
    to = peak + 1;
    beyond = 0;
    stepBeyond(peak);
    extend(peak);
    for (k = peak + 1; k < to; k++) {
      sum += row[k];
    }
    return sum;
  }

  /** Notes that the loss changes by dz with {@code z_rk}. */
  void addSlope(int r, int k, double dz) {
    slope[k] += dz;
    scaledSlope[k] += (size + 1 - 2.0 * r) * dz;
  }

  /**
   * Adds the gradient by score of all slopes noted, times {@code factor}.
   *
   * <p>{@code A_k} changes by {@code sum_j sign(s_k - s_j)} with s_k, and every A_j by {@code
   * sign(s_k - s_j)}; equal scores count 0.
   *
   * @param g by item, not by position in the order
   */
  void backward(double[] g, double factor) {
    double total = 0;
    for (int k = 0; k < size; k++) {
      total += slope[k];
    }
    double above = 0;
    int start = 0;
    while (start < size) {
      int end = start;
      double group = 0;
      while (end < size && s[end] == s[start]) {
        group += slope[end];
        end++;
      }
      double below = total - above - group;
      int itemsBelow = size - end;
      for (int k = start; k < end; k++) {
        double fromSpread = slope[k] * (itemsBelow - start) + below - above;
        g[order[k]] += factor * (scaledSlope[k] - fromSpread);
      }
      above += group;
      start = end;
    }
  }

  private void reserve(int n) {
    if (s.length >= n) {
      return;
    }
    int room = Math.max(n, s.length + s.length / 2);
    s = new double[room];
    gap = new double[room];
    place = new int[room];
    row = new double[room];
    scaledSlope = new double[room];
    slope = new double[room];
    factor = new double[room];
  }
}
