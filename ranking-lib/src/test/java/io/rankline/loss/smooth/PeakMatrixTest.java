package io.rankline.loss.smooth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products with the matrix of NeuralSort, against plain loops. */
class PeakMatrixTest {

  /**
   * Of the plain loops: up to 1,025 terms, whose exponents are ten times differences of numbers
   * near 10,000.
   */
  private static final Offset<Double> ROUNDING = Offset.offset(1e-8);

  /** One matrix for lists of all lengths, as a loss has it: nothing of an earlier list is left. */
  private static final PeakMatrix MATRIX = new PeakMatrix();

  @ParameterizedTest
  @ValueSource(ints = {200, 1, 2, 3, 4, 5, 7, 64, 1025, 31, 512})
  void productsAreThoseOfPlainLoops(int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[] scores = new double[n];
    for (int i = 0; i < n; i++) {
      // Some are equal, and some far apart.
      scores[i] = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextDouble(-4, 4);
    }
    double temperature = n % 2 == 0 ? 1 : 0.1;
    NeuralSort sort = new NeuralSort();
    sort.present(scores, n, temperature);
    double[] x = random.doubles(n, -1, 1).toArray();
    double[] ofColumns = new double[n];
    double[] ofRows = new double[n];

    MATRIX.take(sort);
    MATRIX.timesColumns(x, ofColumns);
    MATRIX.timesRows(x, ofRows);

    double[] expectedOfColumns = new double[n];
    double[] expectedOfRows = new double[n];
    for (int r = 0; r < n; r++) {
      for (int k = 0; k < n; k++) {
        double entry = Math.exp((z(sort.s, n, r, k) - z(sort.s, n, r, r)) / temperature);
        expectedOfColumns[r] += entry * x[k];
        expectedOfRows[k] += entry * x[r];
      }
    }
    assertThat(ofColumns).containsExactly(expectedOfColumns, ROUNDING);
    assertThat(ofRows).containsExactly(expectedOfRows, ROUNDING);
  }

  /** (n + 1 - 2 r) s_k - sum_j |s_k - s_j|, with r from 1. */
  private static double z(double[] s, int n, int r, int k) {
    double distance = 0;
    for (int j = 0; j < n; j++) {
      distance += Math.abs(s[k] - s[j]);
    }
    return (n - 1 - 2.0 * r) * s[k] - distance;
  }
}
