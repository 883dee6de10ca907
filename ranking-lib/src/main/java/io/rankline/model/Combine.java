package io.rankline.model;

import io.rankline.text.WireNames;
import java.util.List;

/** How the scores that the members of an ensemble give a list become one score an item. */
public enum Combine {
  /**
   * The mean of the members' z-scores within the list.
   *
   * <pre>
   *   score_i = 1/M sum_m (s_mi - mean_m) / deviation_m
   * </pre>
   *
   * <p>The deviation is that of a population, and everything is computed in double. A member that
   * gives all items the same score adds 0. So does each member in a list of one item: a score says
   * where an item stands in its list, and nothing of an item by itself.
   */
  STANDARDIZED("standardized") {
    @Override
    void add(float[] scores, double[] sums) {
      double sum = 0;
      boolean isConstant = true;
      for (float score : scores) {
        sum += score;
        isConstant &= score == scores[0];
      }
      if (isConstant) {
        return; // rounding of the mean would make something of nothing
      }
      double mean = sum / scores.length;
      double squares = 0;
      for (float score : scores) {
        squares += (score - mean) * (score - mean);
      }
      double deviation = Math.sqrt(squares / scores.length);
      for (int i = 0; i < scores.length; i++) {
        sums[i] += (scores[i] - mean) / deviation;
      }
    }
  },
  /**
   * The mean of the members' scores as they are: for members of one loss, whose scores have one
   * unit.
   */
  MEAN("mean") {
    @Override
    void add(float[] scores, double[] sums) {
      for (int i = 0; i < scores.length; i++) {
        sums[i] += scores[i];
      }
    }
  };

  private final String wireName;

  Combine(String wireName) {
    this.wireName = wireName;
  }

  /** The name in options: {@code standardized} or {@code mean}. */
  public String wireName() {
    return wireName;
  }

  /**
   * The way of that name.
   *
   * @throws IllegalArgumentException for another name
   */
  public static Combine ofWireName(String wireName) {
    return WireNames.find(
        Combine.class,
        Combine::wireName,
        wireName,
        known ->
            "combine must be one of %s, got '%s'".formatted(String.join(", ", known), wireName));
  }

  /** The scores of a list by those of each member, [N]. */
  public float[] of(List<float[]> members) {
    double[] sums = new double[members.get(0).length];
    members.forEach(scores -> add(scores, sums));
    float[] combined = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      combined[i] = (float) (sums[i] / members.size());
    }
    return combined;
  }

  abstract void add(float[] scores, double[] sums);
}
