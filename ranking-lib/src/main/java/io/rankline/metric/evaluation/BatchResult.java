package io.rankline.metric.evaluation;

import io.rankline.metric.Ranking;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import java.util.List;

/**
 * Values and weights of the lists of one batch, as TF-Ranking's metrics return them: a list without
 * relevant items weighs as much as the others <em>of its batch</em> do on average. For comparing
 * with TF-Ranking number by number; {@link Evaluator} is for everything else.
 *
 * @param values {@code m} of each list, shape [B]
 * @param weights {@code W} of each list, shape [B]
 */
public record BatchResult(double[] values, double[] weights) {

  /** Evaluates one batch, ties broken as given. */
  public static BatchResult of(RankingMetric metric, List<ScoredList> batch) {
    double[] values = new double[batch.size()];
    double[] weights = new double[batch.size()];
    Ranking ranking = new Ranking();
    Tally tally = new Tally();
    for (int i = 0; i < values.length; i++) {
      ranking.rank(batch.get(i), metric);
      values[i] = metric.value(ranking);
      weights[i] = MetricSample.codedWeight(metric, ranking);
      tally.add(values[i], weights[i]);
    }
    double standIn = tally.toMean().standInWeight();
    for (int i = 0; i < values.length; i++) {
      if (weights[i] < 0) {
        weights[i] = standIn;
        values[i] = standIn > 0 ? values[i] / standIn : 0;
      } else if (Double.isNaN(weights[i])) {
        weights[i] = 0;
      }
    }
    return new BatchResult(values, weights);
  }

  /** The mean over the batch; 0 where nothing has weight. */
  public double mean() {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[i] * weights[i];
      weight += weights[i];
    }
    return weight == 0 ? 0 : sum / weight;
  }
}
