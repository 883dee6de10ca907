package io.rankline.metric.evaluation;

import io.rankline.data.TieOrder;
import io.rankline.metric.Ranking;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs metrics over lists, one after the other, and ranks each list once for all of them. One for
 * each thread or partition; the {@link Evaluation} that it gives is merged with the others'.
 *
 * <pre>{@code
 * Evaluator evaluator = new Evaluator(RankingMetric.parseAll("ndcg@5,map"));
 * lists.forEach(evaluator::add);
 * evaluator.evaluation().value("ndcg@5");
 * }</pre>
 */
public final class Evaluator {

  private final List<RankingMetric> metrics;
  private final Tally[] tallies;
  private final Ranking ranking;
  private final Ranking rankingWithZeroWeights;
  private final int depth;
  private final int depthWithZeroWeights;
  private long tiedLists;

  /** Runs metrics, ties broken as given. */
  public Evaluator(List<RankingMetric> metrics) {
    this(metrics, TieOrder.AS_GIVEN);
  }

  /** Runs metrics, ties broken in a given order. */
  public Evaluator(List<RankingMetric> metrics, TieOrder ties) {
    this.metrics = List.copyOf(metrics);
    if (this.metrics.isEmpty()) {
      throw new IllegalArgumentException("metrics must not be empty");
    }
    tallies = new Tally[this.metrics.size()];
    Arrays.setAll(tallies, i -> new Tally());
    ranking = new Ranking(ties);
    rankingWithZeroWeights = new Ranking(ties);
    int deepest = 0;
    int deepestWithZeroWeights = 0;
    for (RankingMetric metric : this.metrics) {
      if (metric.ranksZeroWeights()) {
        deepestWithZeroWeights = Math.max(deepestWithZeroWeights, metric.depth());
      } else {
        deepest = Math.max(deepest, metric.depth());
      }
    }
    depth = deepest;
    depthWithZeroWeights = deepestWithZeroWeights;
  }

  /** The metrics of this evaluator, in order. */
  public List<RankingMetric> metrics() {
    return metrics;
  }

  /** Takes one list in. */
  public void add(ScoredList list) {
    rank(list);
    for (int i = 0; i < tallies.length; i++) {
      RankingMetric metric = metrics.get(i);
      Ranking ranked = rankingFor(metric);
      tallies[i].add(metric.value(ranked), MetricSample.codedWeight(metric, ranked));
    }
  }

  /**
   * Takes one list in, and notes its value under each metric.
   *
   * @param samples one for each metric, in order
   */
  public void add(ScoredList list, List<MetricSample.Builder> samples) {
    rank(list);
    for (int i = 0; i < tallies.length; i++) {
      RankingMetric metric = metrics.get(i);
      Ranking ranked = rankingFor(metric);
      double value = metric.value(ranked);
      double weight = MetricSample.codedWeight(metric, ranked);
      tallies[i].add(value, weight);
      samples.get(i).add(value, weight);
    }
  }

  /**
   * Number of lists so far in which items of equal score but different labels or weights stand
   * where a metric looks, so that the order of ties can change its value.
   */
  public long tiedLists() {
    return tiedLists;
  }

  /** What the lists so far amount to. */
  public Evaluation evaluation() {
    Map<String, MetricMean> means = new LinkedHashMap<>();
    for (int i = 0; i < tallies.length; i++) {
      means.put(metrics.get(i).name(), tallies[i].toMean());
    }
    return new Evaluation(means);
  }

  /** The values of single lists under each metric, in the order of the lists. */
  public static List<MetricSample> sample(
      List<RankingMetric> metrics, TieOrder ties, Iterable<ScoredList> lists) {
    Evaluator evaluator = new Evaluator(metrics, ties);
    List<MetricSample.Builder> samples = new ArrayList<>();
    metrics.forEach(metric -> samples.add(new MetricSample.Builder()));
    for (ScoredList list : lists) {
      evaluator.add(list, samples);
    }
    return samples.stream().map(MetricSample.Builder::build).toList();
  }

  private void rank(ScoredList list) {
    if (list.topics() > 1) {
      for (RankingMetric metric : metrics) {
        Ranking.requireTopics(list, metric);
      }
    }
    if (depth > 0) {
      ranking.rank(list, depth, false);
    }
    if (depthWithZeroWeights > 0) {
      rankingWithZeroWeights.rank(list, depthWithZeroWeights, true);
    }
    tiedLists += ranking.tiesMatter() || rankingWithZeroWeights.tiesMatter() ? 1 : 0;
  }

  private Ranking rankingFor(RankingMetric metric) {
    return metric.ranksZeroWeights() ? rankingWithZeroWeights : ranking;
  }
}
