package io.rankline.metric;

import static io.rankline.metric.PlainItem.first;
import static io.rankline.metric.PlainItem.meanWeight;
import static io.rankline.metric.PlainItem.sum;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** Metrics that ask whether a label is 1 or more: the contract, and plain loops. */
class BinaryMetricsTest {

  private static final int ALL = RankingMetric.WHOLE_LIST;

  @Nested
  class Mrr implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new MrrMetric();
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      for (int k = 1; k <= Math.min(ALL, ranked.size()); k++) {
        if (ranked.get(k - 1).relevant()) {
          return 1.0 / k;
        }
      }
      return 0;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }
  }

  @Nested
  class Hits implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new HitsMetric();
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      return first(ranked, ALL).stream().anyMatch(PlainItem::relevant) ? 1 : 0;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }
  }

  @Nested
  class Precision implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new PrecisionMetric();
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      List<PlainItem> top = first(ranked, ALL);
      return top.isEmpty() ? 0 : sum(top, PlainItem::hit) / top.size();
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }

    @Override
    public boolean perfectOrderScoresOne() {
      return false; // the cut-off is not filled, or there is no room for all
    }
  }

  @Nested
  class Recall implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new RecallMetric();
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double all = sum(ranked, PlainItem::hit);
      return all == 0 ? 0 : sum(first(ranked, ALL), PlainItem::hit) / all;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }
  }

  @Nested
  class AveragePrecision implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new MeanAveragePrecisionMetric();
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double sum = 0;
      for (int k = 1; k <= Math.min(ALL, ranked.size()); k++) {
        PlainItem item = ranked.get(k - 1);
        sum += item.hit() * item.weight() * sum(first(ranked, k), PlainItem::hit) / k;
      }
      double all = sum(ranked, item -> item.weight() * item.hit());
      return all == 0 ? 0 : sum / all;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }
  }

  @Nested
  class MrrAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new MrrMetric(2);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      for (int k = 1; k <= Math.min(2, ranked.size()); k++) {
        if (ranked.get(k - 1).relevant()) {
          return 1.0 / k;
        }
      }
      return 0;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }
  }

  @Nested
  class HitsAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new HitsMetric(2);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      return first(ranked, 2).stream().anyMatch(PlainItem::relevant) ? 1 : 0;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }
  }

  @Nested
  class PrecisionAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new PrecisionMetric(2);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      List<PlainItem> top = first(ranked, 2);
      return top.isEmpty() ? 0 : sum(top, PlainItem::hit) / top.size();
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }

    @Override
    public boolean perfectOrderScoresOne() {
      return false; // the cut-off is not filled, or there is no room for all
    }
  }

  @Nested
  class RecallAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new RecallMetric(2);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double all = sum(ranked, PlainItem::hit);
      return all == 0 ? 0 : sum(first(ranked, 2), PlainItem::hit) / all;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }

    @Override
    public boolean perfectOrderScoresOne() {
      return false; // the cut-off is not filled, or there is no room for all
    }
  }

  @Nested
  class AveragePrecisionAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new MeanAveragePrecisionMetric(2);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double sum = 0;
      for (int k = 1; k <= Math.min(2, ranked.size()); k++) {
        PlainItem item = ranked.get(k - 1);
        sum += item.hit() * item.weight() * sum(first(ranked, k), PlainItem::hit) / k;
      }
      double all = sum(ranked, item -> item.weight() * item.hit());
      return all == 0 ? 0 : sum / all;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }

    @Override
    public boolean perfectOrderScoresOne() {
      return false; // the cut-off is not filled, or there is no room for all
    }
  }
}
