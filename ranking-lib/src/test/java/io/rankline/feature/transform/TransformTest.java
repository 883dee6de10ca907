package io.rankline.feature.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.testing.Tolerances;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransformTest {

  private static final float NAN = Float.NaN;

  static Stream<Transform> everyFittedTransform() {
    return Stream.of(
        Transform.LOG1P,
        Transform.log1p(3),
        Transform.clip(-1, 2),
        Transform.bucketize(0f, 1f),
        new Bucketize(List.of(0f, 1f), Bucketize.Output.INDEX),
        Transform.oneHot(4),
        new ZScore(List.of(1f, 2f), List.of(0.5f, 3f)),
        new MinMax(List.of(1f, 2f), List.of(2f, 3f)),
        new QuantileNormal(3, List.of(1, 2), List.of(1f, 2f, 3f), List.of(0f, -1f, 1f)),
        new PiecewiseLinear(2, List.of(0f, 1f, 2f, 0f, 0f, 3f)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyFittedTransform")
  void theInputIsLeftAloneAndAllOutputIsWritten(Transform transform) {
    float[] in = {0, 1, 2, 3};
    float[] out = new float[2 * transform.width(2)];
    Arrays.fill(out, 77);

    transform.apply(in, 2, 2, out);

    assertThat(in).containsExactly(0, 1, 2, 3);
    for (float value : out) {
      assertThat(value).isNotEqualTo(77);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyFittedTransform")
  void missingStaysMissing(Transform transform) {
    float[] out = new float[transform.width(2)];

    transform.apply(new float[] {NAN, NAN}, 1, 2, out);

    boolean showsPlaces =
        transform instanceof OneHot
            || transform instanceof PiecewiseLinear
            || (transform instanceof Bucketize bucketize
                && bucketize.output() == Bucketize.Output.ONE_HOT);
    for (float value : out) {
      assertThat(Float.isNaN(value)).isEqualTo(!showsPlaces);
      assertThat(showsPlaces && value != 0).isFalse();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void log1pIsTheLogarithmToTheLastPlace(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float worst = 0;
    for (int i = 0; i < 200_000; i++) {
      float x = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(x)) {
        float exact = (float) (Math.signum(x) * StrictMath.log1p(Math.abs((double) x)));

        float y = apply(Transform.LOG1P, x)[0];

        worst = Math.max(worst, Math.abs(y - exact) / Math.ulp(exact));
      }
    }
    assertThat(worst).as("units in the last place").isLessThanOrEqualTo(1);
  }

  @Test
  void log1pKeepsTheSignOfZeroAndPassesInfinity() {
    assertThat(apply(Transform.LOG1P, 0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY))
        .containsExactly(0f, -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
  }

  @Test
  void log1pIsCutOffOnBothSides() {
    float y = (float) Math.log1p(10);

    assertThat(apply(Transform.log1p(3), -1e9f, -10, 10, 1e9f)).containsExactly(-3, -y, y, 3);
  }

  @Test
  void clipCutsOnBothSides() {
    assertThat(apply(Transform.clip(-1, 2), -5, -1, 0.5f, 2, 9))
        .containsExactly(-1, -1, 0.5f, 2, 2);
  }

  @Test
  void aBoundaryBelongsToTheBucketAboveIt() {
    Transform index = new Bucketize(List.of(0f, 1f), Bucketize.Output.INDEX);

    assertThat(apply(index, -0.1f, 0, 0.9f, 1, 50)).containsExactly(0, 1, 1, 2, 2);
    assertThat(apply(Transform.bucketize(0f, 1f), -1, 5)).containsExactly(1, 0, 0, 0, 0, 1);
  }

  @Test
  void oneHotSetsOneColumnOfEachInput() {
    float[] out = new float[6];

    Transform.oneHot(3).apply(new float[] {2, 0}, 1, 2, out);

    assertThat(out).containsExactly(0, 0, 1, 1, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 3, 0.5f, Float.POSITIVE_INFINITY})
  void oneHotRefusesWhatIsNoColumn(float value) {
    assertThatThrownBy(() -> apply(Transform.oneHot(3), value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("one_hot of depth 3 takes whole numbers from 0 to 2, got " + value);
  }

  @Test
  void zScoreAndMinMaxHaveNumbersForEachColumn() {
    float[] out = new float[4];

    new ZScore(List.of(1f, 2f), List.of(2f, 4f)).apply(new float[] {3, 2, 1, 10}, 2, 2, out);
    assertThat(out).containsExactly(1, 0, 0, 2);

    new MinMax(List.of(1f, 2f), List.of(3f, 4f)).apply(new float[] {3, 2, 1, 10}, 2, 2, out);
    assertThat(out).containsExactly(1, 0, 0, 4);
  }

  @Test
  void whatIsNotFittedCannotBeApplied() {
    assertThatThrownBy(() -> apply(Transform.Z_SCORE, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("z_score is not fitted; fit it to statistics of the data first");
    assertThatThrownBy(() -> apply(Transform.MIN_MAX, 1))
        .hasMessage("min_max is not fitted; fit it to statistics of the data first");
  }

  @Test
  void whatWasFittedToOtherColumnsIsRefused() {
    assertThatThrownBy(() -> new ZScore(List.of(0f), List.of(1f)).width(2))
        .hasMessage("z_score was fitted to 1 columns, got 2");
  }

  @Test
  void aChainFeedsOneTransformTheOutputOfTheOther() {
    TransformChain chain =
        TransformChain.of(Transform.LOG1P, Transform.clip(0, 1), Transform.bucketize(0.5f));
    float[] in = {-8, 0.2f, 8};

    assertThat(chain.width(1)).isEqualTo(2);
    assertThat(chain.apply(in, 3, 1)).containsExactly(1, 0, 1, 0, 0, 1);
    assertThat(TransformChain.IDENTITY.apply(in, 3, 1)).isSameAs(in);
  }

  @Test
  void impossibleParametersAreRefused() {
    assertThatThrownBy(() -> Transform.log1p(0))
        .hasMessage("cutoff of log1p must be above 0, got 0.0");
    assertThatThrownBy(() -> Transform.clip(2, 2))
        .hasMessage("min of clip must be below max, got 2.0 and 2.0");
    assertThatThrownBy(() -> Transform.bucketize(1f, 1f))
        .hasMessage(
            "boundaries of bucketize must be one or more ascending numbers, got [1.0, 1.0]");
    assertThatThrownBy(() -> Transform.bucketize())
        .hasMessage("boundaries of bucketize must be one or more ascending numbers, got []");
    assertThatThrownBy(() -> Transform.oneHot(0))
        .hasMessage("depth of one_hot must be 1 or more, got 0");
    assertThatThrownBy(() -> new ZScore(List.of(0f), List.of(0f)))
        .hasMessage("deviations of z_score must be above 0, got [0.0]");
    assertThatThrownBy(() -> new ZScore(List.of(0f), List.of()))
        .hasMessage("z_score must have as many numbers of either kind, got [0.0] and []");
    assertThatThrownBy(() -> new MinMax(List.of(1f), List.of(1f)))
        .hasMessage(
            "minima of min_max must lie below maxima at a finite distance, got [1.0] and [1.0]");
    assertThatThrownBy(() -> new ZScore(List.of(NAN), List.of(1f)))
        .hasMessage("z_score must have finite numbers, got [NaN] and [1.0]");
  }

  @Test
  void floatsAreRoundedOnce() {
    float y = apply(new ZScore(List.of(0.1f), List.of(0.3f)), 0.7f)[0];

    assertThat((double) y).isCloseTo(2.0, within(10 * Tolerances.FLOAT32_ROUNDING));
  }

  private static float[] apply(Transform transform, float... values) {
    float[] out = new float[values.length * transform.width(1)];
    transform.apply(values, values.length, 1, out);
    return out;
  }
}
