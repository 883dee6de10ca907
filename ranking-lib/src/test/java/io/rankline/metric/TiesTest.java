package io.rankline.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.TieOrder;
import io.rankline.metric.evaluation.Evaluator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TiesTest {

  private static final MrrMetric MRR = new MrrMetric();

  /** Three standard errors of a mean over 20,000 draws of a value in [1/3, 1]. */
  private static final double SAMPLING = 0.01;

  private static ScoredList tied(long id) {
    return ScoredList.of(new double[] {0, 0, 1}, new double[3]).withId(id);
  }

  private static double mrr(TieOrder ties, ScoredList list) {
    return MRR.value(new Ranking(ties).rank(list, MRR));
  }

  @Test
  void asGivenKeepsTheOrderOfTheItems() {
    assertThat(mrr(TieOrder.AS_GIVEN, tied(0))).isEqualTo(1.0 / 3);
  }

  @Test
  void atRandomEveryOrderIsEquallyLikely() {
    double mean =
        IntStream.range(0, 20_000).mapToDouble(id -> mrr(TieOrder.random(1), tied(id))).sum()
            / 20_000;

    double expected = (1 + 1.0 / 2 + 1.0 / 3) / 3;
    assertThat(mean).isCloseTo(expected, within(SAMPLING));
  }

  @Test
  void aListKeepsItsRandomOrderWhereverItIsEvaluated() {
    TieOrder ties = TieOrder.random(7);
    Evaluator alone = new Evaluator(List.of(MRR), ties);
    alone.add(tied(3));
    Evaluator together = new Evaluator(List.of(MRR), ties);
    together.add(tied(1));
    together.add(tied(3));
    Evaluator other = new Evaluator(List.of(MRR), ties);
    other.add(tied(1));

    assertThat(together.evaluation()).isEqualTo(other.evaluation().merge(alone.evaluation()));
  }

  @Test
  void anotherSeedIsAnotherOrder() {
    assertThat(IntStream.range(0, 50).mapToDouble(seed -> mrr(TieOrder.random(seed), tied(0))))
        .contains(1.0, 1.0 / 2, 1.0 / 3);
  }

  @Test
  void itemsOfDifferentScoreAreNeverSwapped() {
    ScoredList list = ScoredList.of(new double[] {1, 0, 0}, new double[] {2, 1, 1});

    assertThat(IntStream.range(0, 50).mapToDouble(seed -> mrr(TieOrder.random(seed), list)))
        .containsOnly(1.0);
  }

  @Test
  void listsWhoseTiesMatterAreCounted() {
    Evaluator evaluator = new Evaluator(List.of(new NdcgMetric(1)));
    evaluator.add(ScoredList.of(new double[] {1, 0}, new double[] {1, 1}));
    evaluator.add(ScoredList.of(new double[] {1, 1}, new double[] {1, 1}));
    evaluator.add(ScoredList.of(new double[] {1, 0, 2}, new double[] {1, 1, 2}));

    assertThat(evaluator.tiedLists()).isEqualTo(1);
  }

  @Test
  void tiesOfDifferentWeightMatterWhereThereIsSomethingToWeigh() {
    Evaluator evaluator = new Evaluator(List.of(new NdcgMetric(2)));
    evaluator.add(ScoredList.of(new double[] {1, 1}, new double[] {1, 1}).withWeights(1, 2));
    evaluator.add(ScoredList.of(new double[] {0, 0}, new double[] {1, 1}).withWeights(1, 2));

    assertThat(evaluator.tiedLists()).isEqualTo(1);
  }
}
