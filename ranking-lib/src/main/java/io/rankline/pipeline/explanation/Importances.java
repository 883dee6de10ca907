package io.rankline.pipeline.explanation;

import java.util.List;

/**
 * The importance of the features of a model for one metric.
 *
 * @param metric its name
 * @param value what the metric is with all features as they are; NaN where nothing had weight
 * @param lists number of lists that were scored
 * @param items number of their items
 * @param repeats how often each feature was permuted
 * @param features the most important first
 */
public record Importances(
    String metric,
    double value,
    int lists,
    long items,
    int repeats,
    List<FeatureImportance> features) {

  public Importances {
    features = List.copyOf(features);
  }
}
