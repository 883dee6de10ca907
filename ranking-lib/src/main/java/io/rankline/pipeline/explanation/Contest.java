package io.rankline.pipeline.explanation;

import io.rankline.metric.RankingMetric;
import io.rankline.metric.RankingMetric.Direction;
import io.rankline.metric.evaluation.MetricSample;
import java.util.ArrayList;
import java.util.List;

/**
 * In which lists a model does better than something else.
 *
 * @param metric by which they are compared
 * @param opponent what it is held against
 * @param differences of each list with relevant items, above 0 where the model is better
 */
public record Contest(String metric, String opponent, double[] differences) {

  /** Differences of rounding are none. */
  private static final double EQUAL = 1e-9;

  /**
   * Compares list by list.
   *
   * @param model values of the model
   * @param other values of the opponent on the same lists
   */
  public static Contest of(
      RankingMetric metric, String opponent, MetricSample model, MetricSample other) {
    List<Double> differences = new ArrayList<>();
    int sign = metric.direction() == Direction.HIGHER_IS_BETTER ? 1 : -1;
    for (int q = 0; q < model.size(); q++) {
      if (model.weights()[q] > 0) {
        differences.add(sign * (model.values()[q] - other.values()[q]));
      }
    }
    return new Contest(
        metric.name(), opponent, differences.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** Number of lists in which the model is better. */
  public int wins() {
    return count(1);
  }

  /** Number of lists in which the opponent is better. */
  public int losses() {
    return count(-1);
  }

  /** Number of lists in which both are the same. */
  public int ties() {
    return differences.length - wins() - losses();
  }

  private int count(int sign) {
    int count = 0;
    for (double difference : differences) {
      count += sign * difference > EQUAL ? 1 : 0;
    }
    return count;
  }
}
