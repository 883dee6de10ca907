package io.rankline.spark.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.rankline.metric.RankingMetric.Direction;
import io.rankline.metric.evaluation.MetricSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rule on made-up values of NDCG: mean about 0.7, two models that differ query by query. */
class PromotionRuleTest {

  private static final int QUERIES = 600;

  /** Deviation of the difference of two trainings of one model, query by query. */
  private static final double NOISE = 0.04;

  private static final PromotionRule RULE =
      new PromotionRule(Direction.HIGHER_IS_BETTER, 0.05, 0.005, 100, 0);

  private static final List<Optional<String>> COUNTRIES =
      IntStream.range(0, QUERIES).mapToObj(q -> Optional.of(q % 2 == 0 ? "de" : "fr")).toList();

  @Test
  void aModelThatIsNotBetterIsPromotedInAtMostFiveOfHundredRuns() {
    int promoted = 0;
    for (int run = 0; run < 200; run++) {
      MetricSample[] pair = pair(run, 0, 0);
      promoted += RULE.all(pair[0], pair[1]).problem().isEmpty() ? 1 : 0;
    }

    assertThat(promoted).isLessThanOrEqualTo(10);
  }

  @Test
  void aLossOfOnePercentInOneSliceIsStoppedInNinetyFiveOfHundredRuns() {
    int stopped = 0;
    for (int run = 0; run < 100; run++) {
      MetricSample[] pair = pair(1000 + run, 0.01 * 0.7, -0.01 * 0.7);
      List<SliceResult> slices = RULE.slices("country", COUNTRIES, pair[0], pair[1]);
      assertThat(slices).extracting(SliceResult::name).containsExactly("country=de", "country=fr");
      stopped += slices.get(1).problem().isEmpty() ? 0 : 1;
    }

    assertThat(stopped).isGreaterThanOrEqualTo(95);
  }

  @Test
  void aGainOfOnePercentEverywherePasses() {
    int passed = 0;
    for (int run = 0; run < 50; run++) {
      MetricSample[] pair = pair(2000 + run, 0.01, 0.01);
      boolean fine = RULE.all(pair[0], pair[1]).problem().isEmpty();
      for (SliceResult slice : RULE.slices("country", COUNTRIES, pair[0], pair[1])) {
        fine &= slice.problem().isEmpty();
      }
      passed += fine ? 1 : 0;
    }

    assertThat(passed).isGreaterThanOrEqualTo(45);
  }

  @Test
  void whatStopsACandidateIsToldWithNumbers() {
    MetricSample serving = sample(0.5, 0.5, 0.5, 0.5);

    assertThat(RULE.all(serving, serving).problem())
        .isEqualTo("it is not better than the serving model");
    assertThat(RULE.all(serving, sample(0.6, 0.5, 0.5, 0.5)).problem())
        .isEqualTo("it is better by 0.0250, which may be chance: p = 1.000, above 0.05");
    assertThat(
            new PromotionRule(Direction.HIGHER_IS_BETTER, 0.05, 0.005, 2, 0)
                .slices(
                    "country",
                    List.of(
                        Optional.of("de"), Optional.of("de"), Optional.of("fr"), Optional.empty()),
                    serving,
                    sample(0.4, 0.4, 0.5, 0.5)))
        .extracting(SliceResult::name, SliceResult::problem)
        .containsExactly(
            tuple("country=(small ones)", ""),
            tuple(
                "country=de",
                "country=de may lose 0.1000 (2 queries, difference -0.1000), more than the 0.0025"
                    + " allowed"));
  }

  @Test
  void ofAMetricThatIsBetterLowALowerValueWins() {
    PromotionRule rule = new PromotionRule(Direction.LOWER_IS_BETTER, 0.05, 0.005, 2, 0);
    double[] ranks = new double[8];
    Arrays.fill(ranks, 3);
    double[] lower = new double[8];
    Arrays.fill(lower, 2);

    assertThat(rule.all(sample(ranks), sample(lower)).problem()).isEmpty();
    assertThat(rule.all(sample(lower), sample(ranks)).problem())
        .isEqualTo("it is not better than the serving model");
  }

  @Test
  void impossibleSettingsAreToldAtOnce() {
    assertThatThrownBy(() -> new PromotionRule(Direction.HIGHER_IS_BETTER, 1, -1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "significance must be between 0 and 1, got 1.0; max_slice_loss must be from 0 to below"
                + " 1, got -1.0; min_slice_queries must be 1 or more, got 0");
  }

  /** Values of two models, of which the second gains so much in each half of the queries. */
  private static MetricSample[] pair(long seed, double gainEven, double gainOdd) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Double> serving = new ArrayList<>();
    List<Double> candidate = new ArrayList<>();
    for (int q = 0; q < QUERIES; q++) {
      double value = 0.7 + 0.15 * random.nextGaussian();
      serving.add(value);
      candidate.add(value + NOISE * random.nextGaussian() + (q % 2 == 0 ? gainEven : gainOdd));
    }
    return new MetricSample[] {
      sample(serving.stream().mapToDouble(Double::doubleValue).toArray()),
      sample(candidate.stream().mapToDouble(Double::doubleValue).toArray())
    };
  }

  private static MetricSample sample(double... values) {
    double[] weights = new double[values.length];
    Arrays.fill(weights, 1);
    return new MetricSample(values, weights);
  }
}
