package io.rankline.metric.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.testing.Tolerances;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {

  /** Share of a standard error by which an end may be off with this many draws and lists. */
  private static final double SAMPLING = 0.15;

  static MetricSample sample(double... values) {
    double[] weights = new double[values.length];
    Arrays.fill(weights, 1);
    return new MetricSample(values, weights);
  }

  private static MetricSample gaussian(int size, long seed) {
    Random random = new Random(seed);
    return sample(random.doubles(size).map(d -> random.nextGaussian()).toArray());
  }

  private static ConfidenceInterval interval(Bootstrap bootstrap, MetricSample sample) {
    return bootstrap.intervals(List.of(sample), EmptyLists.AS_ZERO).get(0).orElseThrow();
  }

  @Test
  void endsLieTwoStandardErrorsFromTheMean() {
    int size = 2000;
    MetricSample sample = gaussian(size, 1);
    double mean = sample.mean().value().orElseThrow();
    double standardError = 1 / Math.sqrt(size);

    ConfidenceInterval interval = interval(new Bootstrap(4000, 0.95, 1), sample);

    assertThat((interval.low() - mean) / standardError).isCloseTo(-1.96, within(SAMPLING));
    assertThat((interval.high() - mean) / standardError).isCloseTo(1.96, within(SAMPLING));
    assertThat(interval.level()).isEqualTo(0.95);
  }

  @Test
  void aHigherLevelIsAWiderInterval() {
    MetricSample sample = gaussian(100, 2);

    ConfidenceInterval narrow = interval(new Bootstrap(1000, 0.5, 1), sample);
    ConfidenceInterval wide = interval(new Bootstrap(1000, 0.99, 1), sample);

    assertThat(wide.low()).isLessThan(narrow.low());
    assertThat(wide.high()).isGreaterThan(narrow.high());
  }

  @Test
  void theSeedDecides() {
    MetricSample sample = gaussian(50, 3);

    assertThat(interval(new Bootstrap(200, 0.9, 5), sample))
        .isEqualTo(interval(new Bootstrap(200, 0.9, 5), sample))
        .isNotEqualTo(interval(new Bootstrap(200, 0.9, 6), sample));
  }

  @Test
  void listsAreDrawnWithTheirWeights() {
    MetricSample heavy = new MetricSample(new double[] {1, 0}, new double[] {3, 1});

    // Draws: both the first (1), both the second (0), one of each (3/4), the last half the time.
    ConfidenceInterval interval = interval(new Bootstrap(2000, 0.4, 1), heavy);

    assertThat(interval.low()).isEqualTo(0.75);
    assertThat(interval.high()).isEqualTo(0.75);
  }

  @Test
  void equalValuesLeaveNoDoubt() {
    assertThat(interval(new Bootstrap(100, 0.95, 1), sample(0.5, 0.5, 0.5)))
        .isEqualTo(new ConfidenceInterval(0.5, 0.5, 0.95));
  }

  @Test
  void nothingThatCountsHasNoInterval() {
    MetricSample empty = new MetricSample(new double[] {0, 0}, new double[] {-1, Double.NaN});
    Bootstrap bootstrap = new Bootstrap(10, 0.95, 1);

    assertThat(bootstrap.intervals(List.of(empty), EmptyLists.SKIP))
        .containsExactly(Optional.empty());
    assertThat(bootstrap.intervals(List.of(sample()), EmptyLists.AS_ZERO))
        .containsExactly(Optional.empty());
  }

  @Test
  void differencesAreDrawnInPairs() {
    MetricSample baseline = gaussian(200, 4);
    double[] better = Arrays.stream(baseline.values()).map(value -> value + 0.25).toArray();

    ConfidenceInterval interval =
        new Bootstrap(200, 0.95, 1)
            .differences(List.of(baseline), List.of(sample(better)), EmptyLists.AS_ZERO)
            .get(0)
            .orElseThrow();

    assertThat(interval.low()).isCloseTo(0.25, within(Tolerances.DOUBLE_SUM));
    assertThat(interval.high()).isCloseTo(0.25, within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void rejectsWhatMakesNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bootstrap(0, 0.95, 1))
        .withMessage("resamples must be 1 or more, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Bootstrap(10, 95, 1))
        .withMessage("level must be between 0 and 1, got 95.0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Bootstrap(10, 0.95, 1)
                    .intervals(List.of(sample(1), sample(1, 2)), EmptyLists.AS_ZERO))
        .withMessage("samples must be of the same lists, 1, got 2");
  }
}
