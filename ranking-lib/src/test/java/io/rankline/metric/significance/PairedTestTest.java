package io.rankline.metric.significance;

import static io.rankline.metric.significance.BootstrapTest.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.testing.Tolerances;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedTestTest {

  private static final PairedTest TEST = new PairedTest(10_000, 1);

  /** Four standard errors of a share among 10,000 swaps. */
  private static final double SAMPLING = 0.02;

  /** Digits to which the textbook gives its numbers. */
  private static final double TEXTBOOK = 5e-6;

  private static Comparison compare(MetricSample baseline, MetricSample other) {
    return TEST.compare(baseline, other, EmptyLists.AS_ZERO);
  }

  @Test
  void aFewListsAreSwappedInEveryWay() {
    // All three differences point one way: only "as observed" and "all swapped" are as large.
    Comparison comparison = compare(sample(0.1, 0.2, 0.3), sample(0.2, 0.4, 0.6));

    assertThat(comparison.permutationPValue()).isEqualTo(2.0 / 8);
    assertThat(comparison.difference()).isCloseTo(0.2, within(Tolerances.DOUBLE_SUM));
    assertThat(comparison.pairs()).isEqualTo(3);
  }

  @Test
  void listsThatDoNotDifferDoNotMatter() {
    assertThat(compare(sample(0.1, 0.5, 0.5), sample(0.3, 0.5, 0.5)).permutationPValue())
        .isEqualTo(1);
    assertThat(compare(sample(0.5, 0.5), sample(0.5, 0.5)).tPValue()).isEqualTo(1);
  }

  @Test
  void studentsTAgreesWithTheTextbook() {
    // Student's own data (1908): hours of sleep gained under two drugs, t = 4.0621, p = 0.00283.
    MetricSample first = sample(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0);
    MetricSample second = sample(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4);

    assertThat(compare(first, second).tPValue()).isCloseTo(0.00283, within(TEXTBOOK));
  }

  @Test
  void drawnSwapsAgreeWithTWhereBothApply() {
    Random random = new Random(5);
    double[] first = random.doubles(400).toArray();
    double[] second =
        Arrays.stream(first).map(v -> v + 0.02 + random.nextGaussian() * 0.2).toArray();

    Comparison comparison = compare(sample(first), sample(second));

    assertThat(comparison.permutationPValue())
        .isBetween(0.001, 0.5)
        .isCloseTo(comparison.tPValue(), within(SAMPLING));
  }

  @Test
  void chanceAloneIsSeldomSignificant() {
    Random random = new Random(6);
    PairedTest test = new PairedTest(500, 1);
    int significant = 0;
    for (int i = 0; i < 400; i++) {
      MetricSample first = sample(random.doubles(30).toArray());
      MetricSample second = sample(random.doubles(30).toArray());
      significant +=
          test.compare(first, second, EmptyLists.AS_ZERO).permutationPValue() <= 0.05 ? 1 : 0;
    }

    // Binomial(400, 0.05): mean 20, standard deviation 4.4.
    assertThat(significant).isBetween(7, 33);
  }

  @Test
  void drawnSwapsNeverClaimCertainty() {
    double[] low = new double[40];
    double[] high = new double[40];
    Arrays.setAll(high, i -> 1 + i / 100.0);

    assertThat(compare(sample(low), sample(high)).permutationPValue()).isEqualTo(1.0 / 10_001);
  }

  @Test
  void aConstantDifferenceIsCertainToT() {
    assertThat(compare(sample(0, 0, 0), sample(0.5, 0.5, 0.5)).tPValue()).isEqualTo(0);
    assertThat(compare(sample(0), sample(1)).tPValue()).isEqualTo(1);
  }

  @Test
  void weightsCountAndListsWithoutRelevantItemsCountAsTold() {
    MetricSample baseline = new MetricSample(new double[] {0, 1, 0}, new double[] {3, 1, -1});
    MetricSample other = new MetricSample(new double[] {1, 1, 0}, new double[] {3, 1, -1});

    assertThat(TEST.compare(baseline, other, EmptyLists.SKIP).difference()).isEqualTo(3.0 / 4);
    assertThat(TEST.compare(baseline, other, EmptyLists.AS_ZERO).difference()).isEqualTo(3.0 / 6);
  }

  @Test
  void listsThatDoNotCountAreNoPairs() {
    MetricSample baseline = sample(0.1, 0.2, 0.3);
    MetricSample other = sample(0.2, 0.4, 0.7);
    double[] skippedAndWeightless = {1, 1, 1, -1, -1, -1, Double.NaN, 0};
    MetricSample longBaseline =
        new MetricSample(Arrays.copyOf(baseline.values(), 8), skippedAndWeightless);
    MetricSample longOther =
        new MetricSample(Arrays.copyOf(other.values(), 8), skippedAndWeightless);

    assertThat(TEST.compare(longBaseline, longOther, EmptyLists.SKIP))
        .isEqualTo(TEST.compare(baseline, other, EmptyLists.SKIP));
    assertThat(TEST.compare(longBaseline, longOther, EmptyLists.AS_ZERO).pairs()).isEqualTo(6);
  }

  @Test
  void theSeedDecides() {
    Random random = new Random(7);
    MetricSample first = sample(random.doubles(50).toArray());
    MetricSample second = sample(random.doubles(50).toArray());

    assertThat(compare(first, second)).isEqualTo(compare(first, second));
  }

  @Test
  void rejectsWhatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> compare(sample(1), sample(1, 2)))
        .withMessage("samples must be of the same lists, 1, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PairedTest(0, 1))
        .withMessage("permutations must be 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MetricSample(new double[2], new double[1]))
        .withMessage("weights must have the shape of values, [2], got [1]");
  }
}
