package io.rankline.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws, dropout and noise made of them, and exp on blocks. */
class CountedDrawsTest {

  /** Five standard deviations of the mean of a million values of variance 1. */
  private static final double MILLION = 5e-3;

  @Test
  void drawsAreAFunctionOfTheirPlace() {
    int[] whole = new int[64];
    int[] tail = new int[32];
    CountedDraws draws = CountedDraws.of(1, "vertex", 5);

    CountedDraws.bits(draws.rowKey(9), 0, whole, 64);
    CountedDraws.bits(draws.rowKey(9), 32, tail, 32);

    assertThat(tail).containsExactly(Arrays.copyOfRange(whole, 32, 64));
  }

  @Test
  void everyPartOfThePlaceMatters() {
    int row = CountedDraws.of(1, "vertex", 5).rowKey(9);

    assertThat(CountedDraws.of(2, "vertex", 5).rowKey(9)).isNotEqualTo(row);
    assertThat(CountedDraws.of(1, "vortex", 5).rowKey(9)).isNotEqualTo(row);
    assertThat(CountedDraws.of(1, "vertex", 6).rowKey(9)).isNotEqualTo(row);
    assertThat(CountedDraws.of(1, "vertex", 5).rowKey(8)).isNotEqualTo(row);
  }

  @Test
  void bitsOfNeighboursAreIndependent() {
    CountedDraws draws = CountedDraws.of(1, "vertex", 5);
    int[] row = new int[1000];
    int[] next = new int[1000];
    long alike = 0;
    long ones = 0;
    for (int i = 0; i < 1000; i++) {
      CountedDraws.bits(draws.rowKey(i), 0, row, 1000);
      CountedDraws.bits(draws.rowKey(i + 1), 0, next, 1000);
      for (int j = 0; j < 1000; j++) {
        ones += Integer.bitCount(row[j]);
        alike += Integer.bitCount(row[j] ^ next[j]);
      }
    }

    // A sum of 32 million fair coins has a standard deviation of 2,829.
    assertThat(ones).isCloseTo(16_000_000L, within(5 * 2_829L));
    assertThat(alike).isCloseTo(16_000_000L, within(5 * 2_829L));
  }

  @ParameterizedTest(name = "rate {0}")
  @ValueSource(doubles = {0.1, 0.4, 0.5, 0.9})
  void dropoutDropsItsShareAndKeepsTheMean(double rate) {
    Dropout dropout = new Dropout(rate, CountedDraws.of(1, "vertex", 5));
    BitBlock block = new BitBlock();
    float[] keep = new float[2000];
    double sum = 0;
    int dropped = 0;
    for (int i = 0; i < 500; i++) {
      block.keep(dropout, dropout.draws().rowKey(i), keep, 0, 2000);
      for (float factor : keep) {
        assertThat(factor == 0 || factor == (float) (1 / (1 - rate))).isTrue();
        dropped += factor == 0 ? 1 : 0;
        sum += factor;
      }
    }

    assertThat(dropped / 1e6).isCloseTo(rate, within(MILLION));
    assertThat(sum / 1e6).isCloseTo(1, within(MILLION * Math.sqrt(rate / (1 - rate))));
  }

  @Test
  void noiseIsStandardNormal() {
    float[] noise = new float[1_000_000];
    NormalDraws.fill(CountedDraws.of(1, "vertex", 5), 0, 500, 2000, 1, noise);
    double[] moments = new double[4];
    for (float value : noise) {
      for (int power = 0; power < moments.length; power++) {
        moments[power] += Math.pow(value, power + 1) / noise.length;
      }
    }

    // Variances of x, x^2, x^3 and x^4 of a standard normal are 1, 2, 15 and 96.
    assertThat(moments[0]).isCloseTo(0, within(MILLION));
    assertThat(moments[1]).isCloseTo(1, within(MILLION * Math.sqrt(2)));
    assertThat(moments[2]).isCloseTo(0, within(MILLION * Math.sqrt(15)));
    assertThat(moments[3]).isCloseTo(3, within(MILLION * Math.sqrt(96)));
  }

  @Test
  void expIsExpToTwoUnitsOfTheLastPlace() {
    int count = 100_000;
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = -87f + i * (175f / count);
    }
    float[] exp = values.clone();
    new BitBlock().exp(exp, count);

    for (int i = 0; i < count; i++) {
      double expected = Math.exp(values[i]);
      assertThat((double) exp[i])
          .as("exp(%s)", values[i])
          .isCloseTo(expected, within(2 * (double) Math.ulp((float) expected)));
    }
  }

  @Test
  void expOfVeryLittleIsNearlyNothing() {
    float[] values = {-88, -1e4f, -3e38f, Float.NEGATIVE_INFINITY, 0};
    new BitBlock().exp(values, 5);

    assertThat(values[4]).isEqualTo(1f);
    for (int i = 0; i < 4; i++) {
      assertThat(values[i]).isBetween(0f, 1e-37f);
    }
  }
}
