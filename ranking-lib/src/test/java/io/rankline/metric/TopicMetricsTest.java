package io.rankline.metric;

import static io.rankline.metric.PlainItem.discount;
import static io.rankline.metric.PlainItem.first;
import static io.rankline.metric.PlainItem.meanWeight;
import static io.rankline.metric.PlainItem.sum;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** Metrics of diversity: the contract, and plain loops. */
class TopicMetricsTest {

  private static final int ALL = RankingMetric.WHOLE_LIST;

  @Nested
  class AlphaDcg implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new AlphaDcgMetric(ALL);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double sum = 0;
      for (int k = 1; k <= Math.min(ALL, ranked.size()); k++) {
        PlainItem item = ranked.get(k - 1);
        for (int t = 0; t < item.labels().size(); t++) {
          int topic = t;
          double covered = sum(first(ranked, k - 1), before -> before.labels().get(topic));
          sum += item.weight() * discount(k) * item.labels().get(t) * Math.pow(0.5, covered);
        }
      }
      double weight = plainWeight(ranked);
      return Double.isNaN(weight) ? sum : weight == 0 ? 0 : sum / weight;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }

    @Override
    public int topics() {
      return 3;
    }

    @Override
    public int highestLabel() {
      return 1; // a graded label uses up its topic by more than one step
    }
  }

  @Nested
  class PrecisionIa implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new PrecisionIaMetric();
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      List<PlainItem> top = first(ranked, ALL);
      int topics = ranked.isEmpty() ? 0 : ranked.get(0).labels().size();
      double found = 0;
      int topicsWithRelevant = 0;
      for (int t = 0; t < topics; t++) {
        int topic = t;
        found += sum(top, item -> item.labels().get(topic) >= 1 ? 1 : 0);
        topicsWithRelevant +=
            ranked.stream().anyMatch(item -> item.labels().get(topic) >= 1) ? 1 : 0;
      }
      return topicsWithRelevant == 0 ? 0 : found / (topicsWithRelevant * top.size());
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }

    @Override
    public int topics() {
      return 3;
    }

    @Override
    public boolean perfectOrderScoresOne() {
      return false; // the cut-off is not filled, or there is no room for all
    }
  }

  @Nested
  class AlphaDcgAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new AlphaDcgMetric(2);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double sum = 0;
      for (int k = 1; k <= Math.min(2, ranked.size()); k++) {
        PlainItem item = ranked.get(k - 1);
        for (int t = 0; t < item.labels().size(); t++) {
          int topic = t;
          double covered = sum(first(ranked, k - 1), before -> before.labels().get(topic));
          sum += item.weight() * discount(k) * item.labels().get(t) * Math.pow(0.5, covered);
        }
      }
      double weight = plainWeight(ranked);
      return Double.isNaN(weight) ? sum : weight == 0 ? 0 : sum / weight;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }

    @Override
    public int topics() {
      return 3;
    }

    @Override
    public int highestLabel() {
      return 1; // a graded label uses up its topic by more than one step
    }
  }

  @Nested
  class PrecisionIaAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new PrecisionIaMetric(2);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      List<PlainItem> top = first(ranked, 2);
      int topics = ranked.isEmpty() ? 0 : ranked.get(0).labels().size();
      double found = 0;
      int topicsWithRelevant = 0;
      for (int t = 0; t < topics; t++) {
        int topic = t;
        found += sum(top, item -> item.labels().get(topic) >= 1 ? 1 : 0);
        topicsWithRelevant +=
            ranked.stream().anyMatch(item -> item.labels().get(topic) >= 1) ? 1 : 0;
      }
      return topicsWithRelevant == 0 ? 0 : found / (topicsWithRelevant * top.size());
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }

    @Override
    public int topics() {
      return 3;
    }

    @Override
    public boolean perfectOrderScoresOne() {
      return false; // the cut-off is not filled, or there is no room for all
    }
  }
}
