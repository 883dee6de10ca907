package io.rankline.pipeline.explanation;

import io.rankline.data.ItemOrder;
import io.rankline.data.RankingList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A list that a model ranks badly.
 *
 * @param number of the list in the order of the data, from 1
 * @param items number of its items
 * @param value of the metric
 * @param ranked labels of its items, the first ten, as the model ranks them
 * @param best rank of the first item with the highest label there is
 * @param query its context features, as text; empty where it has none
 */
public record HardList(
    int number, int items, double value, List<Float> ranked, int best, String query) {

  private static final int SHOWN = 10;

  public HardList {
    ranked = List.copyOf(ranked);
  }

  /** The same with a query that stands before what is known of it. */
  HardList withQuery(String name) {
    return new HardList(
        number, items, value, ranked, best, query.isEmpty() ? name : name + "; " + query);
  }

  /**
   * Describes a list.
   *
   * @param raw as it is read
   * @param column which label
   * @param scores of the model, shape [N]
   */
  static HardList of(int number, RankingList raw, double value, int column, float[] scores) {
    double[] keys = new double[scores.length];
    Arrays.setAll(keys, i -> scores[i]);
    int[] order = new ItemOrder().descending(keys, keys.length);
    List<Float> labels = new ArrayList<>();
    float highest = Float.NEGATIVE_INFINITY;
    int best = 0;
    for (int rank = 1; rank <= keys.length; rank++) {
      float label = raw.label(column, order[rank - 1]);
      if (rank <= SHOWN) {
        labels.add(label);
      }
      if (label > highest) {
        highest = label;
        best = rank;
      }
    }
    return new HardList(number, raw.size(), value, labels, best, QueryText.of(raw));
  }
}
