package io.rankline.metric;

import static io.rankline.metric.PlainItem.first;
import static io.rankline.metric.PlainItem.meanWeight;
import static io.rankline.metric.PlainItem.sum;

import java.util.List;
import org.junit.jupiter.api.Nested;

/** Both versions of bpref: the contract, and plain loops. */
class BprefMetricTest {

  private static final int ALL = RankingMetric.WHOLE_LIST;

  @Nested
  class BprefTrec implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new BprefMetric(ALL, BprefMetric.Version.TREC, Relevance.FROM_ONE);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double relevant = sum(ranked, PlainItem::hit);
      double irrelevant = ranked.size() - relevant;
      double sum = 0;
      for (int k = 1; k <= Math.min(ALL, ranked.size()); k++) {
        if (ranked.get(k - 1).relevant()) {
          double above = k - sum(first(ranked, k), PlainItem::hit);
          double divisor = Math.min(relevant, irrelevant);
          sum += 1 - (divisor == 0 ? 0 : Math.min(above, relevant) / divisor);
        }
      }
      return relevant == 0 ? 0 : sum / relevant;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }
  }

  @Nested
  class BprefOriginal implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new BprefMetric(ALL, BprefMetric.Version.ORIGINAL, Relevance.FROM_ONE);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double relevant = sum(ranked, PlainItem::hit);
      double sum = 0;
      for (int k = 1; k <= Math.min(ALL, ranked.size()); k++) {
        if (ranked.get(k - 1).relevant()) {
          double above = k - sum(first(ranked, k), PlainItem::hit);
          sum += 1 - Math.min(above, relevant) / relevant;
        }
      }
      return relevant == 0 ? 0 : sum / relevant;
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return meanWeight(ranked, PlainItem::hit);
    }
  }

  @Nested
  class BprefTrecAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new BprefMetric(2, BprefMetric.Version.TREC, Relevance.FROM_ONE);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double relevant = sum(ranked, PlainItem::hit);
      double irrelevant = ranked.size() - relevant;
      double sum = 0;
      for (int k = 1; k <= Math.min(2, ranked.size()); k++) {
        if (ranked.get(k - 1).relevant()) {
          double above = k - sum(first(ranked, k), PlainItem::hit);
          double divisor = Math.min(relevant, irrelevant);
          sum += 1 - (divisor == 0 ? 0 : Math.min(above, relevant) / divisor);
        }
      }
      return relevant == 0 ? 0 : sum / relevant;
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
  class BprefOriginalAt2 implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new BprefMetric(2, BprefMetric.Version.ORIGINAL, Relevance.FROM_ONE);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double relevant = sum(ranked, PlainItem::hit);
      double sum = 0;
      for (int k = 1; k <= Math.min(2, ranked.size()); k++) {
        if (ranked.get(k - 1).relevant()) {
          double above = k - sum(first(ranked, k), PlainItem::hit);
          sum += 1 - Math.min(above, relevant) / relevant;
        }
      }
      return relevant == 0 ? 0 : sum / relevant;
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
