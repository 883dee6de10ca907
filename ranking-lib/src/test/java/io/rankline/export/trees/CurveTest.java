package io.rankline.export.trees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class CurveTest {

  @Test
  void noValueOfTheRangeIsFartherFromTheCurveThanTheError() {
    UnaryOperator<float[]> wave = each(x -> (float) (Math.sin(x) + (x < 0.3f ? 0 : 2)));

    Staircase stairs = Curve.over(wave, -5, 20).steps(64);

    SplittableRandom random = new SplittableRandom(1);
    for (int k = 0; k < 100_000; k++) {
      float x = (float) random.nextDouble(-5, 20);
      float off = Math.abs(at(stairs, x) - wave.apply(new float[] {x})[0]);
      assertThat(off).isLessThanOrEqualTo((float) (stairs.error() + 1e-6));
    }
    assertThat(stairs.levels().length).isBetween(50, 64);
  }

  @Test
  void twiceAsManyStepsHalveTheError() {
    UnaryOperator<float[]> line = each(x -> 3 * x);

    double of64 = Curve.over(line, 0, 1).steps(64).error();
    double of128 = Curve.over(line, 0, 1).steps(128).error();

    assertThat(of64).isBetween(3.0 / 128, 1.1 * 3.0 / 128);
    assertThat(of128).isBetween(3.0 / 256, 1.1 * 3.0 / 256);
  }

  @Test
  void aJumpIsFoundToTheLastBit() {
    float jump = 0.7f;

    Staircase stairs = Curve.over(each(x -> x < jump ? -1f : 4f), -3000, 3000).steps(10);

    assertThat(stairs.edges()).isEqualTo(new float[] {jump});
    assertThat(stairs.levels()).isEqualTo(new float[] {-1, 4});
    assertThat(stairs.error()).isZero();
  }

  @Test
  void aFlatCurveIsOneStep() {
    Staircase stairs = Curve.over(each(x -> 0.5f), -1, 1).steps(256);

    assertThat(stairs.edges()).isEmpty();
    assertThat(stairs.levels()).isEqualTo(new float[] {0.5f});
  }

  @Test
  void ofWholeNumbersEachHasItsStep() {
    Staircase stairs = Curve.ofWholeNumbers(each(x -> x * x), 4).steps(16);

    assertThat(stairs.edges()).isEqualTo(new float[] {1, 2, 3});
    assertThat(stairs.levels()).isEqualTo(new float[] {0, 1, 4, 9});
  }

  private static float at(Staircase stairs, float x) {
    int step = 0;
    while (step < stairs.edges().length && !(x < stairs.edges()[step])) {
      step++;
    }
    return stairs.levels()[step];
  }

  @FunctionalInterface
  private interface OfFloat {
    float at(float x);
  }

  private static UnaryOperator<float[]> each(OfFloat function) {
    return values -> {
      float[] heights = new float[values.length];
      for (int k = 0; k < values.length; k++) {
        heights[k] = function.at(values[k]);
      }
      return heights;
    };
  }
}
