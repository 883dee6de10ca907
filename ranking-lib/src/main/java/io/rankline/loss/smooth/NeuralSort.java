package io.rankline.loss.smooth;

import io.rankline.data.ItemOrder;
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
 */
final class NeuralSort {

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

  private int size;

  /**
   * Presents scores.
   *
   * @param scores shape [n] or longer
   */
  void present(double[] scores, int n) {
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
  }

  /**
   * Fills the row of position r, from 1.
   *
   * @param cutoff entries below {@code e^-cutoff} of the largest are 0
   * @param temperature divides z
   */
  void fillRow(int r, double cutoff, double temperature) {
    double sum = fillExponentials(r, cutoff, temperature);
    double inverse = 1 / sum;
    for (int k = from; k < to; k++) {
      row[k] *= inverse;
    }
  }

  /** Like {@link #fillRow}, relative to the entry of item r. Returns the sum. */
  double fillExponentials(int r, double cutoff, double temperature) {
    int peak = r - 1;
    row[peak] = 1;
    double inverse = 1 / temperature;
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
    entry = 1;
    below = 0;
    k = peak + 1;
    for (; k < size; k++) {
      if (gap[k - 1] != 0) {
        below -= gap[k - 1] * (2 * (k - 1 - peak) + 1) * inverse;
        if (below < -cutoff) {
          break;
        }
        entry = ExpLog.exp(below);
      }
      row[k] = entry;
      sum += entry;
    }
    to = k;
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
  }
}
