package io.rankline.loss.smooth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowGroupsTest {

  private static final int ROWS = 4;

  /** Of an entry, relative: exponents of up to 200 rounded, and factors of some rows in turn. */
  private static final double ROUNDING = 1e-12;

  /** The least that a sort keeps of a row. */
  private static final double LEAST = 1e-17;

  @ParameterizedTest(name = "scores within {0}")
  @ValueSource(doubles = {0, 1e-300, 0.01, 6, 30, 59.9})
  void rowsAreThoseOfTheSort(double range) {
    for (int n : new int[] {2, 3, 4, 5, 7, 8, 9, 31, 200}) {
      SplittableRandom random = new SplittableRandom(n);
      double[] scores = new double[n];
      for (int i = 0; i < n; i++) {
        // Some are equal.
        scores[i] = range * (random.nextInt(3) == 0 ? 0.5 : random.nextDouble());
      }
      NeuralSort sort = new NeuralSort();
      sort.present(scores, n, 1);
      RowGroups groups = new RowGroups();
      groups.take(sort, ROWS);
      for (int r = 0; r < n; r++) {
        if (r % ROWS == 0) {
          groups.next();
        }

        isRow(r, sort, groups);
      }
    }
  }

  private static void isRow(int r, NeuralSort sort, RowGroups groups) {
    // A sort that starts at a row walks it by exponentials alone.
    NeuralSort alone = new NeuralSort();
    double[] inOrder = Arrays.copyOf(sort.s, sort.size());
    alone.present(inOrder, sort.size(), 1);
    alone.fillExponentials(r + 1);
    int j = r % ROWS;
    double peak = entry(groups, r, j);
    for (int k = 0; k < sort.size(); k++) {
      double expected = k >= alone.from && k < alone.to ? alone.row[k] : 0;
      double actual = k >= groups.from && k < groups.to ? entry(groups, k, j) / peak : 0;
      assertThat(actual)
          .as("row %s, column %s of %s", r, k, sort.size())
          .isCloseTo(expected, Offset.offset(expected * ROUNDING + 2 * LEAST));
    }
  }

  private static double entry(RowGroups groups, int k, int j) {
    return j == 0 ? groups.row[k] : groups.row[k] * groups.power(k, j);
  }
}
