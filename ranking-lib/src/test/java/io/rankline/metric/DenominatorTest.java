package io.rankline.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What metrics with a cut-off divide by: tools differ. */
class DenominatorTest {

  /** Expected values below have eight digits. */
  private static final double ROUNDED = 5e-9;

  private static final ScoredList LIST =
      ScoredList.of(new double[] {0, 1, 0, 1, 1}, new double[] {5, 4, 3, 2, 1});

  private static double value(String metric, ScoredList list) {
    RankingMetric parsed = RankingMetric.parse(metric);
    return parsed.value(new Ranking().rank(list, parsed));
  }

  @ParameterizedTest(name = "map@{0}")
  @CsvSource({
    "1, 0, 0, 0",
    "2, 0.16666667, 0.25, 0.5",
    "3, 0.16666667, 0.16666667, 0.5",
    "5, 0.53333333, 0.53333333, 0.53333333",
    "10, 0.53333333, 0.53333333, 0.53333333",
    "all, 0.53333333, 0.53333333, 0.53333333"
  })
  void averagePrecisionIsDividedAsOneSays(String k, double relevant, double cut, double hits) {
    assertThat(value("map@" + k, LIST)).isCloseTo(relevant, within(ROUNDED));
    assertThat(value("map@" + k + "(denominator=cut)", LIST)).isCloseTo(cut, within(ROUNDED));
    assertThat(value("map@" + k + "(denominator=hits)", LIST)).isCloseTo(hits, within(ROUNDED));
  }

  @Test
  void theHitsOfAListWithoutHitsAreNoDenominator() {
    ScoredList late = ScoredList.of(new double[] {0, 0, 1}, new double[] {3, 2, 1});

    assertThat(value("map@2(denominator=hits)", late)).isZero();
    assertThat(value("map@2(denominator=hits,ties=average)", late)).isZero();
  }

  @Test
  void precisionOfAShortListIsDividedByItsItemsOrByTheCutOff() {
    ScoredList two = ScoredList.of(new double[] {0, 1}, new double[] {2, 1});

    assertThat(value("precision@5", two)).isEqualTo(1.0 / 2);
    assertThat(value("precision@5(denominator=cut)", two)).isEqualTo(1.0 / 5);
    assertThat(value("precision(denominator=cut)", two)).isEqualTo(1.0 / 2);
  }

  @Nested
  class AveragePrecisionByCutOff implements RankingMetricContract {

    @Override
    public RankingMetric metric() {
      return new MeanAveragePrecisionMetric(
          2, MeanAveragePrecisionMetric.Denominator.CUT, Relevance.FROM_ONE);
    }

    @Override
    public double plainValue(List<PlainItem> ranked) {
      double sum = 0;
      for (int k = 1; k <= Math.min(2, ranked.size()); k++) {
        PlainItem item = ranked.get(k - 1);
        sum +=
            item.hit()
                * item.weight()
                * PlainItem.sum(PlainItem.first(ranked, k), PlainItem::hit)
                / k;
      }
      double relevant = PlainItem.sum(ranked, PlainItem::hit);
      return relevant == 0 ? 0 : sum / (Math.min(2, relevant) * plainWeight(ranked));
    }

    @Override
    public double plainWeight(List<PlainItem> ranked) {
      return PlainItem.meanWeight(ranked, PlainItem::hit);
    }

    @Override
    public boolean valuesStayBelowOne() {
      return false; // items of more than the mean weight may stand first
    }
  }
}
