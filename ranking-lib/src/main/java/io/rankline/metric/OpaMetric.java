package io.rankline.metric;

import io.rankline.data.TieOrder;
import java.util.Arrays;

/**
 * Ordered pair accuracy: share of the pairs with different labels that the scores put in the right
 * order.
 *
 * <pre>
 *   m = sum_{y_i &gt; y_j} w_i * 1[s_i &gt; s_j] / W;   W = sum_{y_i &gt; y_j} w_i
 * </pre>
 *
 * <p>A pair of equal scores is wrong, whatever {@link TieOrder} says. A list without a pair weighs
 * nothing. Takes {@code N log N} steps: pairs are counted, not walked.
 *
 * @see <a href="https://doi.org/10.1145/1102351.1102363">Burges et al., Learning to rank using
 *     gradient descent, ICML 2005</a>
 */
public record OpaMetric() implements RankingMetric, AveragesTies {

  @Override
  public int depth() {
    return WHOLE_LIST;
  }

  @Override
  public double value(Ranking ranking) {
    double[] sorted = sortedLabels(ranking);
    int size = ranking.size();
    int[] tree = ranking.wholeRoom();
    Arrays.fill(tree, 0, size + 1, 0);
    double right = 0;
    double all = 0;
    int end = size;
    // From the lowest score up, so that the tree holds the items of lower score; items of equal
    // score are asked first and put in together.
    while (end > 0) {
      int start = end - 1;
      double score = ranking.score(ranking.itemAt(start));
      while (start > 0 && ranking.score(ranking.itemAt(start - 1)) == score) {
        start--;
      }
      for (int position = start; position < end; position++) {
        int item = ranking.itemAt(position);
        int lower = countBelow(sorted, size, ranking.label(item));
        right += ranking.weight(item) * prefix(tree, lower);
        all += ranking.weight(item) * lower;
      }
      for (int position = start; position < end; position++) {
        add(tree, size, countBelow(sorted, size, ranking.label(ranking.itemAt(position))));
      }
      end = start;
    }
    return all == 0 ? 0 : right / all;
  }

  @Override
  public double weight(Ranking ranking) {
    double[] sorted = sortedLabels(ranking);
    double all = 0;
    for (int item = 0; item < ranking.size(); item++) {
      all += ranking.weight(item) * countBelow(sorted, ranking.size(), ranking.label(item));
    }
    return all;
  }

  @Override
  public boolean lacksRelevantItems(Ranking ranking) {
    return false;
  }

  // A list of equal labels has no pair and weighs nothing, so the best that counts is always 1.
  /** The value: a pair of equal scores is wrong in every order. */
  @Override
  public double averageOverTies(Ranking ranking) {
    return value(ranking);
  }

  @Override
  public boolean perfectIsOne() {
    return true;
  }

  private static double[] sortedLabels(Ranking ranking) {
    double[] sorted = ranking.room();
    for (int item = 0; item < ranking.size(); item++) {
      sorted[item] = ranking.label(item);
    }
    Arrays.sort(sorted, 0, ranking.size());
    return sorted;
  }

  /** Number of labels below {@code label}. */
  private static int countBelow(double[] sorted, int size, double label) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < label) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Counts one item whose label has {@code lower} labels below it (a Fenwick tree from 1). */
  private static void add(int[] tree, int size, int lower) {
    for (int node = lower + 1; node <= size; node += node & -node) {
      tree[node]++;
    }
  }

  /** Number of counted items with fewer than {@code lower} labels below theirs. */
  private static int prefix(int[] tree, int lower) {
    int count = 0;
    for (int node = lower; node > 0; node -= node & -node) {
      count += tree[node];
    }
    return count;
  }
}
