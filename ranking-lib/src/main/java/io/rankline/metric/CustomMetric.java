package io.rankline.metric;

/**
 * The door for metrics of your own: a record that implements this runs wherever a built-in metric
 * does. See {@link Ranking} for what it is given.
 */
public non-sealed interface CustomMetric extends RankingMetric {

  /** What the metric is called in tables and files. */
  @Override
  String name();
}
