package io.rankline.metric;

import static io.rankline.metric.PlainItem.sum;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** Metrics that weigh each list themselves: the contract, and plain loops. */
class OrderMetricsTest {

  @Nested
  class Pwa implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new PwaMetric();
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double sum = 0;
      double all = 0;
      for (int k = 1; k <= Math.min(5, ranked.size()); k++) {
        sum += ranked.get(k - 1).label() / k;
        all += 1.0 / k;
      }
      return all == 0 ? 0 : sum / all;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return ranked.isEmpty() ? 0 : ranked.get(0).weight();
    }

    @Override
    public boolean refusesItemWeights() {
      return true;
    }
  }

  @Nested
  class PwaAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new PwaMetric(2);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double sum = 0;
      double all = 0;
      for (int k = 1; k <= Math.min(2, ranked.size()); k++) {
        sum += ranked.get(k - 1).label() / k;
        all += 1.0 / k;
      }
      return all == 0 ? 0 : sum / all;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return ranked.isEmpty() ? 0 : ranked.get(0).weight();
    }

    @Override
    public boolean refusesItemWeights() {
      return true;
    }
  }

  @Nested
  class Arp implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new ArpMetric();
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double ranks = 0;
      for (int k = 1; k <= ranked.size(); k++) {
        ranks += k * ranked.get(k - 1).label() * ranked.get(k - 1).weight();
      }
      return plainWeight(ranked) == 0 ? 0 : ranks / plainWeight(ranked);
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return sum(ranked, item -> item.label() * item.weight());
    }
  }

  @Nested
  class OrderedPairAccuracy implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new OpaMetric();
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double right = 0;
      for (PlainItem better : ranked) {
        for (PlainItem worse : ranked) {
          boolean pair = better.label() > worse.label();
          right += pair && better.score() > worse.score() ? better.weight() : 0;
        }
      }
      return plainWeight(ranked) == 0 ? 0 : right / plainWeight(ranked);
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return sum(
          ranked,
          better -> sum(ranked, worse -> better.label() > worse.label() ? better.weight() : 0));
    }

    @Override
    public boolean ignoresTieOrder() {
      return true;
    }
  }
}
