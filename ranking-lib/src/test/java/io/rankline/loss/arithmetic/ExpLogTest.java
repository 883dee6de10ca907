package io.rankline.loss.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpLogTest {

  /** Four units in the last place of a double, relative. */
  private static final double LAST_PLACES = 9e-16;

  private static final int DRAWS = 200_000;

  @Test
  void expIsThatOfStrictMath() {
    Random random = new Random(1);
    for (int k = 0; k < DRAWS; k++) {
      double x = 1400 * (random.nextDouble() - 0.5);
      assertRelative(ExpLog.exp(x), StrictMath.exp(x), "exp " + x);
      double small = x * 1e-4;
      assertRelative(ExpLog.exp(small), StrictMath.exp(small), "exp " + small);
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0,
        -0.0,
        709.7,
        709.8,
        1e4,
        -708,
        -708.1,
        -745,
        -746,
        -1e4,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        Double.MIN_VALUE
      })
  void expAtTheEdgesIsThatOfStrictMath(double x) {
    assertRelative(ExpLog.exp(x), StrictMath.exp(x), "exp " + x);
  }

  @Test
  void log1pIsThatOfStrictMath() {
    Random random = new Random(2);
    for (int k = 0; k < DRAWS; k++) {
      double x = StrictMath.exp(600 * (random.nextDouble() - 0.5));
      assertRelative(ExpLog.log1p(x), StrictMath.log1p(x), "log1p " + x);
      double near = 4 * random.nextDouble();
      assertRelative(ExpLog.log1p(near), StrictMath.log1p(near), "log1p " + near);
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0, Double.MIN_VALUE, 1e-300, 1e-17, 1e-16, 1e-8, 1, 0.9999999999999999, 3, 1e300})
  void log1pAtTheEdgesIsThatOfStrictMath(double x) {
    assertRelative(ExpLog.log1p(x), StrictMath.log1p(x), "log1p " + x);
  }

  @Test
  void lnIsThatOfStrictMath() {
    Random random = new Random(3);
    for (int k = 0; k < DRAWS; k++) {
      double x = StrictMath.exp(600 * (random.nextDouble() - 0.5));
      double expected = StrictMath.log(x);
      assertThat(ExpLog.ln(x))
          .as("ln " + x)
          .isCloseTo(expected, within(LAST_PLACES * Math.max(1, Math.abs(expected))));
    }
  }

  @Test
  void softplusAndSigmoidStayFiniteFarOut() {
    assertThat(ExpLog.softplus(1e4)).isEqualTo(1e4);
    assertThat(ExpLog.softplus(-1e4)).isZero();
    assertThat(ExpLog.sigmoid(1e4)).isEqualTo(1);
    assertThat(ExpLog.sigmoid(-1e4)).isZero();
    assertThat(ExpLog.sigmoid(0)).isEqualTo(0.5);
  }

  private static void assertRelative(double actual, double expected, String what) {
    if (Double.isFinite(expected) && Math.abs(expected) >= Double.MIN_NORMAL) {
      assertThat(actual).as(what).isCloseTo(expected, within(LAST_PLACES * Math.abs(expected)));
    } else {
      assertThat(
              Double.compare(actual, expected) == 0
                  || Math.abs(actual - expected) <= Double.MIN_VALUE
                  || actual == expected)
          .as(what)
          .isTrue();
    }
  }
}
