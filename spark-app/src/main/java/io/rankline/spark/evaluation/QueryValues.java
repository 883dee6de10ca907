package io.rankline.spark.evaluation;

import io.rankline.metric.evaluation.MetricSample;
import java.util.List;

/**
 * What metrics say of single queries.
 *
 * @param queries what names each query
 * @param items number of items of each, shape [queries]
 * @param first values of the first ranker, one sample a metric
 * @param second values of the second ranker; empty where there is none
 */
public record QueryValues(
    List<String> queries, int[] items, List<MetricSample> first, List<MetricSample> second) {

  public QueryValues {
    queries = List.copyOf(queries);
    first = List.copyOf(first);
    second = List.copyOf(second);
  }

  static QueryValues of(
      Predictions predictions, int[] lists, List<MetricSample> first, List<MetricSample> second) {
    int[] items = new int[lists.length];
    String[] queries = new String[lists.length];
    for (int i = 0; i < lists.length; i++) {
      items[i] = predictions.items(lists[i]);
      queries[i] = predictions.query(lists[i]);
    }
    return new QueryValues(List.of(queries), items, first, second);
  }
}
