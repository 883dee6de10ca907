package io.rankline.pipeline.explanation;

import io.rankline.data.RankingList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The scores of the items of one label, each less the mean score of its list: only differences
 * within a list count.
 *
 * @param label of the items; of continuous labels the mean of a tenth of the items
 * @param items number of items
 * @param low a tenth of the items score less
 * @param median half of the items score less
 * @param high nine tenths of the items score less
 */
public record GradeScores(double label, long items, double low, double median, double high) {

  /** With more labels than that, items are taken together by tenths. */
  private static final int MOST_GRADES = 12;

  /**
   * The scores by label, lowest label first.
   *
   * @param lists with labels; items below 0 are left out
   * @param column which label
   * @param scores of each list, shape [N]
   */
  static List<GradeScores> of(List<RankingList> lists, int column, List<float[]> scores) {
    List<double[]> items = new ArrayList<>();
    for (int q = 0; q < lists.size(); q++) {
      RankingList list = lists.get(q);
      double sum = 0;
      for (float score : scores.get(q)) {
        sum += score;
      }
      double mean = sum / Math.max(1, list.size());
      for (int i = 0; i < list.size(); i++) {
        if (list.label(column, i) >= 0) {
          items.add(new double[] {list.label(column, i), scores.get(q)[i] - mean});
        }
      }
    }
    TreeMap<Double, List<double[]>> byLabel = new TreeMap<>();
    items.forEach(item -> byLabel.computeIfAbsent(item[0], label -> new ArrayList<>()).add(item));
    if (byLabel.size() <= MOST_GRADES) {
      return byLabel.values().stream().map(GradeScores::of).toList();
    }
    items.sort((one, other) -> Double.compare(one[0], other[0]));
    Map<Integer, List<double[]>> tenths = new TreeMap<>();
    for (int i = 0; i < items.size(); i++) {
      tenths
          .computeIfAbsent((int) (10L * i / items.size()), tenth -> new ArrayList<>())
          .add(items.get(i));
    }
    return tenths.values().stream().map(GradeScores::of).toList();
  }

  private static GradeScores of(List<double[]> items) {
    double[] sorted = items.stream().mapToDouble(item -> item[1]).sorted().toArray();
    return new GradeScores(
        items.stream().mapToDouble(item -> item[0]).average().orElse(Double.NaN),
        sorted.length,
        at(sorted, 0.1),
        at(sorted, 0.5),
        at(sorted, 0.9));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
