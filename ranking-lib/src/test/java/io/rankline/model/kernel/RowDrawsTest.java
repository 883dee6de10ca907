package io.rankline.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Draws, and dropout and noise made of them. */
class RowDrawsTest {

  /** Five standard deviations of the mean of a million values of variance 1. */
  private static final double MILLION = 5e-3;

  @Test
  void drawsAreAFunctionOfTheirPlace() {
    RowDraws draws = new RowDraws(1, 30);
    int rows = Tile.rows(30);
    int[] tile = new int[rows * 30];
    int[] row = new int[20];

    draws.fill(5, 9, rows, tile);
    draws.fillRow(5, 9 + 7, 20, row);

    assertThat(row).containsExactly(Arrays.copyOfRange(tile, 7 * 30, 7 * 30 + 20));
  }

  @Test
  void everyPartOfThePlaceMatters() {
    int[] place = draws(1, 5, 9);

    assertThat(draws(1, 5, 9)).containsExactly(place);
    assertThat(draws(2, 5, 9)).doesNotContain(place);
    assertThat(draws(1, 6, 9)).doesNotContain(place);
    assertThat(draws(1, 5, 8)).doesNotContain(place);
    assertThat(place).doesNotHaveDuplicates();
  }

  private static int[] draws(long seed, int iteration, long row) {
    int[] draws = new int[8];
    new RowDraws(seed, 8).fillRow(iteration, row, 8, draws);
    return draws;
  }

  @Test
  void bitsOfNeighboursAreIndependent() {
    RowDraws draws = new RowDraws(1, 1000);
    int[] row = new int[1000];
    int[] next = new int[1000];
    long alike = 0;
    long ones = 0;
    for (int i = 0; i < 1000; i++) {
      draws.fillRow(5, i, 1000, row);
      draws.fillRow(5, i + 1, 1000, next);
      for (int j = 0; j < 1000; j++) {
        ones += Integer.bitCount(row[j]);
        alike += Integer.bitCount(row[j] ^ next[j]);
      }
    }

    // A sum of 31 million fair coins has a standard deviation of 2,784.
    assertThat(ones).isCloseTo(15_500_000L, within(5 * 2_784L));
    assertThat(alike).isCloseTo(15_500_000L, within(5 * 2_784L));
  }

  /** Rows whose keys lie in one sequence would be copies of each other, moved by some columns. */
  @Test
  void noRowRepeatsAnotherFromAnotherColumnOn() {
    int rows = 20_000;
    int columns = 200;
    RowDraws draws = new RowDraws(2, columns);
    int[] row = new int[columns];
    long[] pairs = new long[rows * (columns - 1)];
    for (int i = 0; i < rows; i++) {
      draws.fillRow(5, i, columns, row);
      for (int j = 0; j < columns - 1; j++) {
        pairs[i * (columns - 1) + j] = ((long) row[j] << 31) | row[j + 1];
      }
    }
    Arrays.parallelSort(pairs);
    int repeated = 0;
    for (int i = 1; i < pairs.length; i++) {
      repeated += pairs[i] == pairs[i - 1] ? 1 : 0;
    }

    // Four million pairs of 62 random bits hold one twice with a chance of 2e-6. Keys of rows have
    // 32 bits: two of 20,000 are equal with one seed in 20, and then all of a row is repeated.
    assertThat(repeated).isZero();
  }

  @ParameterizedTest(name = "rate {0}")
  @ValueSource(doubles = {0.1, 0.4, 0.5, 0.9})
  void dropoutDropsItsShareAndKeepsTheMean(double rate) {
    Dropout dropout = new Dropout(rate, 1, 2000);
    Tile tile = new Tile(2000, 1);
    double sum = 0;
    int dropped = 0;
    for (int i = 0; i < 500; i++) {
      for (float factor : dropout.factors(tile, 5, i, 1)) {
        assertThat(factor == 0 || factor == (float) (1 / (1 - rate))).isTrue();
        dropped += factor == 0 ? 1 : 0;
        sum += factor;
      }
    }

    assertThat(dropped / 1e6).isCloseTo(rate, within(MILLION));
    assertThat(sum / 1e6).isCloseTo(1, within(MILLION * Math.sqrt(rate / (1 - rate))));
  }

  @Test
  void factorsOfARowAreThoseOfItsTile() {
    Dropout dropout = new Dropout(0.4, 1, 30);
    float[] tile = dropout.factors(new Tile(30, 1), 5, 9, 8).clone();
    float[] row = new float[25];

    dropout.rowFactors(5, 9 + 7, 20, new int[20], new FloatBits(), row, 5);

    assertThat(Arrays.copyOf(row, 5)).containsOnly(0);
    assertThat(Arrays.copyOfRange(row, 5, 25))
        .containsExactly(Arrays.copyOfRange(tile, 7 * 30, 7 * 30 + 20));
  }

  @Test
  void noiseIsStandardNormal() {
    float[] noise =
        new Noise(1, 1, 2000).values(5, 500, DataType.FLOAT).reshape(1_000_000).toFloatVector();
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

  /** The medians of 2^16 slices have a variance of 0.99998: the tails of a slice are lost. */
  @Test
  void valuesOfNoiseHaveTheVarianceOfTheNormalDistribution() {
    double sum = 0;
    double squares = 0;
    for (float quantile : Noise.QUANTILES) {
      sum += quantile;
      squares += (double) quantile * quantile;
    }

    assertThat(sum / Noise.QUANTILES.length).isCloseTo(0, within(1e-7));
    assertThat(squares / Noise.QUANTILES.length).isCloseTo(1, within(1e-7));
  }
}
