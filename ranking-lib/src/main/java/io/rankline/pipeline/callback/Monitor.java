package io.rankline.pipeline.callback;

import io.rankline.metric.RankingMetric;
import io.rankline.text.KnownNames;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A value of each epoch that decides something.
 *
 * @param name as in {@link EpochResult#logs}, such as {@code val_loss}
 * @param better which way is up
 */
public record Monitor(String name, Better better) {

  /** The loss on validation data, the lower the better. */
  public static final Monitor VALIDATION_LOSS =
      new Monitor(LogName.loss(LogName.Split.VALIDATION).text(), Better.LOWER);

  /** As {@link #of(String, Collection)}, for a loss or a metric of this library. */
  public static Monitor of(String value) {
    return of(value, List.of());
  }

  /**
   * What TF-Ranking's {@code best_exporter_metric} means. Which way is up follows from the loss or
   * the metric.
   *
   * @param value {@code loss} (also of a task, {@code relevance_loss}), or a metric, such as {@code
   *     ndcg_5} or {@code ndcg@5}, with or without {@code metric/} before it
   * @param measured metrics whose names are known besides those of this library
   * @throws IllegalArgumentException for what is neither a loss nor a metric, naming those most
   *     like it
   */
  public static Monitor of(String value, Collection<RankingMetric> measured) {
    LogName name = LogName.ofValidation(value);
    return metric(value, measured)
        .map(
            metric ->
                new Monitor(name.ofMetric(metric.name()).text(), Better.of(metric.direction())))
        .orElse(new Monitor(name.text(), Better.LOWER));
  }

  /**
   * The metric that is looked at; empty for a loss.
   *
   * @param value as {@link #of(String, Collection)} takes it
   * @throws IllegalArgumentException for what is neither a loss nor a metric
   */
  public static Optional<RankingMetric> metric(String value, Collection<RankingMetric> measured) {
    LogName name = LogName.ofValidation(value);
    if (name.isLoss()) {
      return Optional.empty();
    }
    return measured.stream()
        .filter(metric -> name.ofMetric(metric.name()).equals(name.ofMetric(name.metric())))
        .findFirst()
        .or(() -> Optional.of(RankingMetric.parse(name.metric())));
  }

  /**
   * Makes sure that there is such a value.
   *
   * @param names of the values that an epoch has
   * @throws IllegalArgumentException naming those there are, the most alike first
   */
  public void requireAmong(Collection<String> names) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException(
          "monitor '%s' is not among the values of an epoch; there are %s"
              .formatted(name, String.join(", ", KnownNames.nearestFirst(name, names))));
    }
  }

  /**
   * The value of an epoch; may be NaN.
   *
   * @throws IllegalArgumentException if it has none, naming those it has
   */
  public double of(EpochResult epoch) {
    requireAmong(epoch.logs().keySet());
    return epoch.value(name).orElseThrow();
  }

  /** The best of some epochs, the first of equals; empty if none has a number for this value. */
  public Optional<EpochResult> bestOf(List<EpochResult> epochs) {
    EpochResult best = null;
    double bestValue = better.worst();
    for (EpochResult epoch : epochs) {
      double value = epoch.value(name).orElse(Double.NaN);
      if (better.test(value, bestValue)) {
        best = epoch;
        bestValue = value;
      }
    }
    return Optional.ofNullable(best);
  }
}
