package io.rankline.metric.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.TieOrder;
import io.rankline.metric.AlphaDcgMetric;
import io.rankline.metric.ArpMetric;
import io.rankline.metric.CustomMetric;
import io.rankline.metric.DcgMetric;
import io.rankline.metric.MrrMetric;
import io.rankline.metric.NdcgMetric;
import io.rankline.metric.Ranking;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.significance.Comparison;
import io.rankline.metric.significance.PairedTest;
import io.rankline.testing.Tolerances;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricMeanTest {

  private static final MrrMetric MRR = new MrrMetric();

  /** Reciprocal rank 1, weight 3. */
  private static final ScoredList FOUND_FIRST =
      ScoredList.of(new double[] {1, 0}, new double[] {2, 1}).withWeights(3, 1);

  /** Reciprocal rank 1/2, weight 1. */
  private static final ScoredList FOUND_SECOND =
      ScoredList.of(new double[] {1, 0}, new double[] {1, 2}).withWeights(1, 1);

  private static final ScoredList NOTHING_RELEVANT =
      ScoredList.of(new double[] {0, 0}, new double[] {1, 2}).withWeights(9, 9);

  private static final ScoredList ALL_PADDING =
      ScoredList.of(new double[] {-1, -1}, new double[] {1, 2});

  private static final ScoredList NO_WEIGHT =
      ScoredList.of(new double[] {1, 0}, new double[] {1, 2}).withWeights(0);

  private static MetricMean mean(ScoredList... lists) {
    Evaluator evaluator = new Evaluator(List.of(MRR));
    List.of(lists).forEach(evaluator::add);
    return evaluator.evaluation().mean("mrr");
  }

  @Test
  void listsAreWeighedByTheWeightOfTheirRelevantItems() {
    assertThat(mean(FOUND_FIRST, FOUND_SECOND).value()).hasValue((1 * 3 + 0.5 * 1) / (3 + 1));
  }

  @Test
  void aListWithoutRelevantItemsWeighsWhatTheOthersDoOnAverage() {
    MetricMean mean = mean(FOUND_FIRST, FOUND_SECOND, NOTHING_RELEVANT);

    double standIn = (3 + 1) / 2.0;
    assertThat(mean.standInWeight()).isEqualTo(standIn);
    assertThat(mean.value()).hasValue((1 * 3 + 0.5 * 1 + 0 * standIn) / (3 + 1 + standIn));
  }

  @Test
  void aListWithoutRelevantItemsCountsAsToldTo() {
    MetricMean mean = mean(FOUND_FIRST, NOTHING_RELEVANT, ALL_PADDING);

    assertThat(mean.value(EmptyLists.AS_ZERO)).hasValue(3.0 / 9);
    assertThat(mean.value(EmptyLists.SKIP)).hasValue(1);
    assertThat(mean.value(EmptyLists.AS_ONE)).hasValue(1);
    assertThat(mean.countedLists(EmptyLists.AS_ZERO)).isEqualTo(3);
    assertThat(mean.countedLists(EmptyLists.SKIP)).isEqualTo(1);
  }

  @Test
  void aListWithoutWeightNeverCounts() {
    MetricMean mean = mean(FOUND_SECOND, NO_WEIGHT);

    assertThat(mean.value()).hasValue(0.5);
    assertThat(mean.weightlessLists()).isEqualTo(1);
    assertThat(mean.countedLists(EmptyLists.AS_ZERO)).isEqualTo(1);
  }

  @Test
  void nothingHasNoMean() {
    assertThat(MetricMean.EMPTY.value()).isEmpty();
    assertThat(mean(NO_WEIGHT).value()).isEmpty();
    assertThat(mean(NOTHING_RELEVANT).value(EmptyLists.SKIP)).isEmpty();
    assertThat(mean(NOTHING_RELEVANT).value(EmptyLists.AS_ZERO)).hasValue(0);
  }

  @Test
  void theStandInIsOfAllListsWhereTensorFlowRankingTakesItFromTheBatch() {
    // Two batches: [weight 3, empty] and [weight 1]. Batch by batch the empty list weighs 3.
    BatchResult firstBatch = BatchResult.of(MRR, List.of(FOUND_FIRST, NOTHING_RELEVANT));

    assertThat(firstBatch.weights()).containsExactly(3, 3);
    assertThat(mean(FOUND_FIRST, NOTHING_RELEVANT, FOUND_SECOND).standInWeight()).isEqualTo(2);
  }

  @Test
  void gainsBelowOneAreDividedByTheStandInWhereNothingIsRelevant() {
    AlphaDcgMetric metric = new AlphaDcgMetric(RankingMetric.WHOLE_LIST);
    ScoredList relevant = ScoredList.of(new double[] {1}, new double[] {1}).withWeights(4);
    ScoredList partly = ScoredList.of(new double[] {0.5}, new double[] {1}).withWeights(2);
    ScoredList ignored = ScoredList.of(new double[] {1, 0}, new double[] {1, 2}).withWeights(0, 1);

    BatchResult batch = BatchResult.of(metric, List.of(relevant, partly));
    List<MetricSample> samples =
        Evaluator.sample(List.of(metric), TieOrder.AS_GIVEN, List.of(relevant, partly));

    double value = 2 * 0.5 / 4;
    assertThat(batch.values()).containsExactly(1, value);
    assertThat(batch.weights()).containsExactly(4, 4);
    double mean = (1 * 4 + value * 4) / (4 + 4);
    assertThat(batch.mean()).isEqualTo(mean);
    assertThat(samples.get(0).mean().value()).hasValue(mean);
    assertThat(new PairedTest(1, 0).compare(samples.get(0), samples.get(0), EmptyLists.AS_ZERO))
        .extracting(Comparison::baseline)
        .isEqualTo(mean);
    assertThat(BatchResult.of(metric, List.of(ignored, partly)).values()).containsExactly(0, 0);
  }

  @Test
  void countingAsOneNeedsABestValueOfOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmptyLists.AS_ONE.requireMeaningFor(new DcgMetric(5)))
        .withMessage(
            "dcg@5 has no best value of 1, so lists without relevant items cannot count as one;"
                + " count them as zero or skip them");
    assertThatCode(() -> EmptyLists.AS_ONE.requireMeaningFor(new NdcgMetric(5)))
        .doesNotThrowAnyException();
  }

  @Test
  void addingListByListIsTheSameAsEvaluating() {
    MetricMean added = MetricMean.EMPTY.plus(1, 3).plus(0.5, 1).plusEmpty(0).plusWeightless();

    MetricMean evaluated = mean(FOUND_FIRST, FOUND_SECOND, NOTHING_RELEVANT, NO_WEIGHT);

    assertThat(added).isEqualTo(evaluated);
  }

  @Test
  void aSumKeepsWhatRoundingLoses() {
    CompensatedSum sum = CompensatedSum.ZERO.plus(1);
    for (int i = 0; i < 1000; i++) {
      sum = sum.plus(1e-17);
    }

    assertThat(sum.value()).isEqualTo(1 + 1e-14);
    assertThat(sum.plus(sum).plus(-2).value())
        .isCloseTo(2e-14, within(Tolerances.DOUBLE_SUM * 2e-14));
  }

  @Test
  void evaluationsOfOtherMetricsDoNotMerge() {
    Evaluation one = new Evaluator(List.of(MRR)).evaluation();
    Evaluation other = new Evaluator(List.of(new ArpMetric())).evaluation();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.merge(other))
        .withMessage("evaluations must be of the same metrics, [mrr], got [arp]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.mean("map"))
        .withMessage("metric 'map' was not evaluated; there are [mrr]");
  }

  /** The first label in the ranking. */
  record FirstLabel() implements CustomMetric {
    @Override
    public String name() {
      return "first_label";
    }

    @Override
    public int depth() {
      return 1;
    }

    @Override
    public double value(Ranking ranking) {
      return ranking.label(ranking.itemAt(0));
    }

    @Override
    public double weight(Ranking ranking) {
      return 1;
    }

    @Override
    public boolean lacksRelevantItems(Ranking ranking) {
      return ranking.size() == 0;
    }

    @Override
    public boolean perfectIsOne() {
      return false;
    }
  }

  @Test
  void aMetricOfYourOwnRunsBesideTheBuiltInOnes() {
    Evaluator evaluator = new Evaluator(List.of(new FirstLabel(), MRR));

    evaluator.add(ScoredList.of(new double[] {4, 0}, new double[] {2, 1}));

    assertThat(evaluator.evaluation().value("first_label")).hasValue(4);
    assertThat(evaluator.evaluation().value("mrr")).hasValue(1);
  }
}
