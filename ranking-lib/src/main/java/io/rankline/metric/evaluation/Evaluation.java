package io.rankline.metric.evaluation;

import io.rankline.metric.RankingMetric;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Means of several metrics over the same lists. Merging the evaluations of partitions gives the
 * evaluation of the whole, whatever the partitions.
 *
 * @param means mean of each metric, by {@link RankingMetric#name}, in the order asked for
 */
public record Evaluation(Map<String, MetricMean> means) implements Serializable {

  public Evaluation {
    means = Collections.unmodifiableMap(new LinkedHashMap<>(means));
  }

  /** The evaluation over the lists of both. */
  public Evaluation merge(Evaluation other) {
    if (!means.keySet().equals(other.means.keySet())) {
      throw new IllegalArgumentException(
          "evaluations must be of the same metrics, %s, got %s"
              .formatted(means.keySet(), other.means.keySet()));
    }
    Map<String, MetricMean> merged = new LinkedHashMap<>();
    means.forEach((name, mean) -> merged.put(name, mean.merge(other.mean(name))));
    return new Evaluation(merged);
  }

  /** The mean of one metric, by its name. */
  public MetricMean mean(String name) {
    MetricMean mean = means.get(name);
    if (mean == null) {
      throw new IllegalArgumentException(
          "metric '%s' was not evaluated; there are %s".formatted(name, means.keySet()));
    }
    return mean;
  }

  /** The value of one metric, lists without relevant items as TF-Ranking counts them. */
  public OptionalDouble value(String name) {
    return mean(name).value();
  }
}
