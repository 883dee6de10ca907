package io.rankline.feature.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class SampledTransformTest {

  private static final float NAN = Float.NaN;

  @Test
  void anyShapeBecomesABell() {
    SplittableRandom random = new SplittableRandom(1);
    float[] column = new float[10_000];
    for (int i = 0; i < column.length; i++) {
      column[i] = (float) Math.exp(4 * random.nextDouble());
    }

    float[] scores = apply(fitted(Transform.QUANTILE_NORMAL, column), column);

    ColumnStatistics bell = ColumnStatistics.of(scores, scores.length, 1, 0);
    assertThat(bell.mean()).isCloseTo(0, within(0.01));
    assertThat(bell.deviation()).isCloseTo(1, within(0.02));
    Arrays.sort(scores);
    assertThat((double) scores[8413]).isCloseTo(1, within(0.03));
  }

  @Test
  void aQuantileIsTheMiddleOfItsPartAndBetweenThemIsAStraightLine() {
    NormalDistribution normal = NormalDistribution.of(0, 1);
    float outer = (float) normal.inverseCumulativeProbability(3 / 4.0);

    // Parts 1 2 and 3 4, whose middles are 2 and 4.
    Transform two = fitted(new QuantileNormal(2, List.of(), List.of(), List.of()), 1, 2, 3, 4);

    assertThat(apply(two, -9, 2, 3, 4, 9, NAN))
        .containsExactly(-outer, -outer, 0, outer, outer, NAN);
  }

  @Test
  void valuesThatRepeatGetTheMiddleOfTheirPlaces() {
    float last = (float) NormalDistribution.of(0, 1).inverseCumulativeProbability(7 / 8.0);
    float first = (float) NormalDistribution.of(0, 1).inverseCumulativeProbability(3 / 8.0);

    Transform fitted = fitted(new QuantileNormal(4, List.of(), List.of(), List.of()), 0, -0f, 0, 5);

    assertThat(apply(fitted, 0, 5)).containsExactly(first, last);
    assertThat(apply(fitted(Transform.QUANTILE_NORMAL, 7, 7, 7), 3, 7, 9)).containsExactly(0, 0, 0);
  }

  @Test
  void aValueComesThroughItsBins() {
    Transform fitted = fitted(Transform.piecewiseLinear(2), 0, 1, 2, 4, 10);

    assertThat(fitted).isEqualTo(new PiecewiseLinear(2, List.of(0f, 2f, 10f)));
    assertThat(fitted.width(1)).isEqualTo(2);
    assertThat(apply(fitted, 0)).containsExactly(0, 0);
    assertThat(apply(fitted, 1)).containsExactly(0.5f, 0);
    assertThat(apply(fitted, 4)).containsExactly(1, 0.25f);
    assertThat(apply(fitted, 18)).containsExactly(1, 2);
    assertThat(apply(fitted, -2)).containsExactly(-1, 0);
    assertThat(apply(fitted, NAN)).containsExactly(0, 0);
  }

  @Test
  void aBinWithoutWidthIsAStep() {
    Transform fitted = fitted(Transform.piecewiseLinear(3), 0, 0, 0, 0, 0, 0, 6);

    assertThat(apply(fitted, -1, 0, 3)).containsExactly(0, 0, 0, 1, 1, 0, 1, 1, 0.5f);
  }

  @Test
  void textKeepsThem() {
    for (Transform transform :
        List.of(
            Transform.QUANTILE_NORMAL,
            new QuantileNormal(5, List.of(), List.of(), List.of()),
            Transform.piecewiseLinear(8),
            Transform.piecewiseLinear(3),
            fitted(Transform.QUANTILE_NORMAL, 1, 2, 2, 5),
            fitted(Transform.piecewiseLinear(3), 1, 2, 2, 5))) {
      Map<String, TransformChain> chains = Map.of("x", TransformChain.of(transform));

      assertThat(TransformText.parse(TransformText.render(chains), "text")).isEqualTo(chains);
    }
    assertThat(TransformText.parse("x = piecewise_linear, y = quantile_normal", "text"))
        .isEqualTo(
            Map.of(
                "x", TransformChain.of(Transform.piecewiseLinear(8)),
                "y", TransformChain.of(Transform.QUANTILE_NORMAL)));
  }

  @Test
  void impossibleNumbersAreRefused() {
    assertThatThrownBy(() -> new PiecewiseLinear(2, List.of(0f, 1f)))
        .hasMessage("piecewise_linear must have 3 ascending edges for each column, got [0.0, 1.0]");
    assertThatThrownBy(() -> new PiecewiseLinear(0, List.of()))
        .hasMessage("bins of piecewise_linear must be 1 or more, got 0");
    assertThatThrownBy(() -> new QuantileNormal(1, List.of(), List.of(), List.of()))
        .hasMessage("quantiles of quantile_normal must be 2 or more, got 1");
    assertThatThrownBy(() -> new QuantileNormal(2, List.of(2), List.of(1f, 1f), List.of(0f, 1f)))
        .hasMessage("quantile_normal must have ascending numbers, got [1.0, 1.0]");
    assertThatThrownBy(() -> new QuantileNormal(2, List.of(2), List.of(1f), List.of(0f, 1f)))
        .hasMessage(
            "quantile_normal must have as many values and scores as its sizes say, got [2], 1 and"
                + " 2");
    assertThatThrownBy(() -> Transform.QUANTILE_NORMAL.apply(new float[1], 1, 1, new float[1]))
        .hasMessage("quantile_normal is not fitted; fit it to statistics of the data first");
  }

  @Test
  void aSampleIsOfAllValuesAlsoOfSeveralParts() {
    ValueSample whole = new ValueSample(1000);
    ValueSample parts = new ValueSample(1000);
    ValueSample second = new ValueSample(1000);
    IntStream.range(0, 40_000).forEach(whole::add);
    IntStream.range(0, 30_000).forEach(parts::add);
    IntStream.range(30_000, 40_000).forEach(second::add);

    parts.addAll(second);

    for (ValueSample sample : List.of(whole, parts)) {
      float[] sorted = sample.sorted();
      assertThat(sorted).hasSize(1000);
      assertThat(sorted[500]).isCloseTo(20_000, within(2000f));
      assertThat(sorted[900]).isCloseTo(36_000, within(1500f));
    }
  }

  private static Transform fitted(Transform transform, float... values) {
    ValueSample sample = new ValueSample(SampledTransform.SAMPLE);
    for (float value : values) {
      sample.add(value);
    }
    ColumnStatistics statistics = ColumnStatistics.of(values, values.length, 1, 0);
    return TransformChain.of(transform)
        .fit("x", List.of(statistics), List.of(sample))
        .transforms()
        .get(0);
  }

  private static float[] apply(Transform transform, float... values) {
    float[] out = new float[values.length * transform.width(1)];
    transform.apply(values, values.length, 1, out);
    return out;
  }
}
