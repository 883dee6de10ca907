package io.rankline.metric;

import static io.rankline.metric.PlainItem.dcg;
import static io.rankline.metric.PlainItem.meanWeight;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** DCG and NDCG: the contract, and plain loops. */
class GainMetricsTest {

  private static final int ALL = RankingMetric.WHOLE_LIST;

  @Nested
  class Dcg implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new DcgMetric(ALL);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double dcg = dcg(ranked, ALL);
      return dcg == 0 ? 0 : dcg / plainWeight(ranked);
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::gain);
    }
  }

  @Nested
  class Ndcg implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new NdcgMetric(ALL);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      List<PlainItem> best =
          ranked.stream()
              .sorted(Comparator.comparingDouble(item -> -item.weight() * item.gain()))
              .toList();
      return dcg(best, ALL) == 0 ? 0 : dcg(ranked, ALL) / dcg(best, ALL);
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::gain);
    }
  }

  @Nested
  class DcgAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new DcgMetric(2);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double dcg = dcg(ranked, 2);
      return dcg == 0 ? 0 : dcg / plainWeight(ranked);
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::gain);
    }
  }

  @Nested
  class NdcgAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new NdcgMetric(2);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      List<PlainItem> best =
          ranked.stream()
              .sorted(Comparator.comparingDouble(item -> -item.weight() * item.gain()))
              .toList();
      return dcg(best, 2) == 0 ? 0 : dcg(ranked, 2) / dcg(best, 2);
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::gain);
    }
  }

  /** Deeper than what is selected rather than sorted. */
  @Nested
  class NdcgAt33 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new NdcgMetric(33);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      List<PlainItem> best =
          ranked.stream()
              .sorted(Comparator.comparingDouble(item -> -item.weight() * item.gain()))
              .toList();
      return dcg(best, 33) == 0 ? 0 : dcg(ranked, 33) / dcg(best, 33);
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::gain);
    }
  }
}
