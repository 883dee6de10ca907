package io.rankline.loss.pairwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogisticRowTest {

  /** Eight units in the last place of a double, relative. */
  private static final double LAST_PLACES = 18e-16;

  private static final int ITEMS = 1000;

  @ParameterizedTest(name = "scores within {0}")
  @ValueSource(doubles = {600, 30, 1, 1e-3, 0})
  void everyPairIsThatOfStrictMath(double range) {
    Random random = new Random(1);
    PairRows rows = new PairRows();
    rows.s = new double[ITEMS];
    // What an exponential of a score that is rounded says is that score's own.
    rows.exp = new double[ITEMS];
    for (int k = 0; k < ITEMS; k++) {
      rows.exp[k] = StrictMath.exp(range * (random.nextDouble() - 0.5));
      rows.s[k] = StrictMath.log(rows.exp[k]);
    }
    rows.lambda = random.doubles(ITEMS).toArray();
    rows.x = new double[ITEMS];
    rows.sigmoid = new double[ITEMS];
    rows.slope = new double[ITEMS];
    double expected = 0;
    double[] expectedSigmoids = new double[ITEMS];
    for (int j = 1; j < ITEMS; j++) {
      double x = rows.exp[j] / rows.exp[0];
      expected += rows.lambda[j] * StrictMath.log1p(x);
      expectedSigmoids[j] = x / (1 + x);

      double pair = LogisticRow.sum(rows, 0, j, j + 1);

      double alone = rows.lambda[j] * StrictMath.log1p(x);
      assertThat(pair).as("x = " + x).isCloseTo(alone, Offset.offset(alone * LAST_PLACES));
    }
    Arrays.fill(rows.sigmoid, 0);

    double sum = LogisticRow.sum(rows, 0, 1, ITEMS);

    assertThat(sum).isCloseTo(expected, Offset.offset(expected * ITEMS * LAST_PLACES));
    assertThat(rows.sigmoid).containsExactly(expectedSigmoids, Offset.offset(LAST_PLACES));
  }
}
