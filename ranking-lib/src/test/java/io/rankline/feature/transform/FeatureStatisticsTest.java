package io.rankline.feature.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.testing.Tolerances;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureStatisticsTest {

  private static final ListLayout LAYOUT =
      RecordSpec.of(
              Map.of("q", FixedLenFeature.float32(1)),
              Map.of(
                  "a",
                  FixedLenFeature.float32(1).withDefault(Float.NaN),
                  "b",
                  FixedLenFeature.float32(2),
                  "n",
                  FixedLenFeature.int64(1)))
          .layout();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyGroupingGivesTheMomentsOfAllValues(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<RankingList> lists = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    int missing = 0;
    for (int q = 0; q < 40; q++) {
      int size = random.nextInt(6);
      float[] examples = new float[3 * size];
      for (int i = 0; i < size; i++) {
        boolean absent = random.nextInt(4) == 0;
        float a = (float) (1e6 + random.nextDouble());
        examples[3 * i] = absent ? Float.NaN : a;
        missing += absent ? 1 : 0;
        if (!absent) {
          values.add((double) a);
        }
      }
      lists.add(list(new float[] {q}, examples, new long[size]));
    }
    FeatureStatistics all = new FeatureStatistics();
    FeatureStatistics[] parts = {new FeatureStatistics(), new FeatureStatistics()};
    for (RankingList list : lists) {
      all.add(list);
      parts[random.nextInt(2)].add(list);
    }
    parts[0].merge(parts[1]);

    double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    for (FeatureStatistics statistics : List.of(all, parts[0])) {
      ColumnStatistics a = statistics.features().getOrDefault("a", List.of()).get(0);
      assertThat(a.count()).isEqualTo(values.size());
      assertThat(a.missing()).isEqualTo(missing);
      assertThat(a.mean()).isCloseTo(mean, within(mean * Tolerances.DOUBLE_SUM));
      assertThat(a.variance())
          .isCloseTo(squares / values.size(), within(Tolerances.FLOAT32_ROUNDING));
      assertThat(a.min()).isEqualTo(values.stream().mapToDouble(v -> v).min().orElse(0));
      assertThat(a.max()).isEqualTo(values.stream().mapToDouble(v -> v).max().orElse(0));
    }
  }

  @Test
  void contextAndIntegersAndEveryColumnAreSeen() {
    FeatureStatistics statistics = new FeatureStatistics();

    statistics.add(list(new float[] {5}, new float[] {1, 10, 20, 2, 30, 40}, new long[] {7, 9}));

    assertThat(mean(statistics, "q", 0)).isEqualTo(5);
    assertThat(mean(statistics, "b", 0)).isEqualTo(20);
    assertThat(mean(statistics, "b", 1)).isEqualTo(30);
    assertThat(mean(statistics, "n", 0)).isEqualTo(8);
  }

  @Test
  void aScoreBehindALogarithmIsFittedToLogarithms() {
    float e = (float) Math.expm1(1);
    FeatureStatistics statistics =
        new FeatureStatistics(Map.of("a", TransformChain.of(Transform.LOG1P, Transform.Z_SCORE)));

    statistics.add(list(new float[1], new float[] {0, 0, 0, e, 0, 0}, new long[2]));

    assertThat(statistics.fit().get("a"))
        .isEqualTo(TransformChain.of(Transform.LOG1P, new ZScore(List.of(0.5f), List.of(0.5f))));
  }

  @Test
  void columnsOfOneValueBecomeZero() {
    List<ColumnStatistics> constant = List.of(new ColumnStatistics(3, 0, 4, 0, 4, 4));
    float[] out = new float[1];

    ZScore.of(constant).apply(new float[] {4}, 1, 1, out);
    assertThat(out[0]).isZero();
    MinMax.of(constant).apply(new float[] {4}, 1, 1, out);
    assertThat(out[0]).isZero();
  }

  @Test
  void aFeatureWithoutAnyValueCannotBeFitted() {
    FeatureStatistics statistics =
        new FeatureStatistics(Map.of("a", TransformChain.of(Transform.MIN_MAX)));
    statistics.add(list(new float[1], new float[] {Float.NaN, 0, 0}, new long[1]));

    assertThatThrownBy(statistics::fit)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 'a' has no value in the data that min_max could be fitted to");
  }

  private static double mean(FeatureStatistics statistics, String name, int column) {
    return statistics.features().getOrDefault(name, List.of()).get(column).mean();
  }

  private static RankingList list(float[] context, float[] examples, long[] integers) {
    int size = integers.length;
    return new RankingList(
        LAYOUT,
        size,
        size,
        context,
        examples,
        new float[0],
        new float[0],
        List.of(),
        List.of(new LongColumn(integers, IntStream.rangeClosed(0, size).toArray())));
  }
}
