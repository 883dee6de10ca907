package io.rankline.pipeline.benchmark;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * NDCG by its definition: sort, add up (2^y - 1) / log2(1 + rank) of the first k, divide by the
 * same of the best order. A list without relevant items counts as 0.
 */
final class PlainNdcg {

  private PlainNdcg() {}

  /**
   * Mean over lists.
   *
   * @param scores of the items of each list
   */
  static double mean(List<PlainList> lists, List<double[]> scores, int k) {
    double sum = 0;
    for (int l = 0; l < lists.size(); l++) {
      sum += of(lists.get(l).labels(), scores.get(l), k);
    }
    return sum / lists.size();
  }

  static double of(double[] labels, double[] scores, int k) {
    double best = dcg(labels, labels, k);
    return best == 0 ? 0 : dcg(labels, scores, k) / best;
  }

  private static double dcg(double[] labels, double[] scores, int k) {
    Integer[] order = new Integer[labels.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> -scores[i]));
    double sum = 0;
    for (int rank = 1; rank <= Math.min(k, order.length); rank++) {
      sum += (Math.pow(2, labels[order[rank - 1]]) - 1) / (Math.log(1 + rank) / Math.log(2));
    }
    return sum;
  }
}
