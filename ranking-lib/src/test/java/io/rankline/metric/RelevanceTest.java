package io.rankline.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where relevance begins on soft labels: tools differ. */
class RelevanceTest {

  private static final ScoredList SOFT =
      ScoredList.of(new double[] {0.5, 0.2, 1, 0, 0.7}, new double[] {5, 4, 3, 2, 1});

  private static double value(String metric) {
    RankingMetric parsed = RankingMetric.parse(metric);
    return parsed.value(new Ranking().rank(SOFT, parsed));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "mrr | 0.3333333333333333",
        "mrr(relevant=1) | 0.3333333333333333",
        "mrr(relevant=0.5) | 1",
        "mrr(relevant=>0.5) | 0.3333333333333333",
        "hits@1 | 0",
        "hits@1(relevant=>0) | 1",
        "precision@2(relevant=>0) | 1",
        "precision@2(relevant=0.5) | 0.5",
        "recall@1(relevant=>0) | 0.25",
        "recall@3(relevant=>0.5) | 0.5",
        "precision_ia@2(relevant=>0) | 1",
        "precision_ia@2 | 0",
        "map | 0.3333333333333333",
        // (1 / 3 + 2 / 5) / 2
        "map(relevant=>0.5) | 0.3666666666666667",
        // 0.5, 1 and 0.7: (1 / 1 + 2 / 3 + 3 / 5) / 3
        "map(relevant=0.5) | 0.7555555555555555",
        // one irrelevant item, above the last of four relevant ones: (1 + 1 + 1 + 1 - 1 / 1) / 4
        "bpref(relevant=>0) | 0.75"
      })
  void aLabelIsRelevantFromWhereOneSays(String metric, double expected) {
    assertThat(value(metric)).isEqualTo(expected);
  }

  @Test
  void aListWithoutRelevantItemsIsOneWithoutLabelsFromThereOn() {
    RankingMetric strict = RankingMetric.parse("map(relevant=>1)");
    RankingMetric averaged = RankingMetric.parse("map(relevant=>1,ties=average)");
    RankingMetric loose = RankingMetric.parse("map(relevant=>0)");

    assertThat(strict.lacksRelevantItems(new Ranking().rank(SOFT, strict))).isTrue();
    assertThat(averaged.lacksRelevantItems(new Ranking().rank(SOFT, averaged))).isTrue();
    assertThat(loose.lacksRelevantItems(new Ranking().rank(SOFT, loose))).isFalse();
  }

  @Test
  void itsTextReadsBack() {
    assertThat(RankingMetric.parse("map@3(relevant=>0.50,denominator=cut)").name())
        .isEqualTo("map@3(denominator=cut,relevant=>0.5)");
    assertThat(RankingMetric.parse("mrr(relevant=2)").name()).isEqualTo("mrr(relevant=2)");
    assertThat(RankingMetric.parse("mrr(relevant=1.0)")).isEqualTo(new MrrMetric());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", ">-0.5", "NaN", ">Infinity", "half", ">=1", ""})
  void whatIsNoLabelIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankingMetric.parse("map(relevant=%s)".formatted(text)))
        .withMessage(
            "metric 'map(relevant=%s)': relevant must be a label above 0, as 1, or what is above one, as"
                    .formatted(text)
                + " >0.5, got '%s'".formatted(text));
  }

  @Test
  void aRuleThatMakesEverythingRelevantIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Relevance(0, false))
        .withMessage("relevant must begin at a finite label above 0, or be above 0, got 0");
  }
}
