package io.rankline.metric.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import org.junit.jupiter.api.Test;

class StandardErrorTest {

  private static final double DOUBLE_SUM = 1e-12;

  @Test
  void withoutWeightsItIsThatOfAMean() {
    MetricSample sample = new MetricSample(new double[] {1, 2, 6}, new double[] {1, 1, 1});

    // Distances of 2, 1 and 3 from the mean of 3: the variance is 14 / 2.
    assertThat(StandardError.of(sample, EmptyLists.AS_ZERO))
        .isCloseTo(Math.sqrt(7.0 / 3), within(DOUBLE_SUM));
  }

  @Test
  void listsWithoutRelevantItemsCountAsTheMeanCountsThem() {
    MetricSample sample = new MetricSample(new double[] {1, 3, 0}, new double[] {1, 1, -1});

    // 1 and 3: the variance is 2. As 0, distances of 1/3, 5/3 and 4/3: it is (42 / 9) / 2.
    assertThat(StandardError.of(sample, EmptyLists.SKIP)).isCloseTo(1, within(DOUBLE_SUM));
    assertThat(StandardError.of(sample, EmptyLists.AS_ZERO))
        .isCloseTo(Math.sqrt(42.0 / 18 / 3), within(DOUBLE_SUM));
  }

  @Test
  void ofOneListNothingCanBeTold() {
    assertThat(
            StandardError.of(new MetricSample(new double[] {1}, new double[] {1}), EmptyLists.SKIP))
        .isNaN();
  }

  @Test
  void aComparisonHasThatOfThePairedDifferences() {
    MetricSample baseline = new MetricSample(new double[] {1, 5, 2}, new double[] {1, 1, 1});
    MetricSample other = new MetricSample(new double[] {2, 7, 8}, new double[] {1, 1, 1});

    // Differences of 1, 2 and 6, as above.
    assertThat(new PairedTest(1, 0).compare(baseline, other, EmptyLists.AS_ZERO).standardError())
        .isCloseTo(Math.sqrt(7.0 / 3), within(DOUBLE_SUM));
  }
}
