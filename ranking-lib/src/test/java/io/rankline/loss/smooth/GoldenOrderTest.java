package io.rankline.loss.smooth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.loss.Golden;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Relaxed orders and smooth ranks against the published ones. */
class GoldenOrderTest {

  static Stream<Golden> vectors(String name) {
    return Golden.read("lambda_weights.json")
        .filter(vector -> vector.text("kind").equals("util") && vector.text("name").equals(name));
  }

  static Stream<Golden> neuralSorts() {
    return vectors("neural_sort");
  }

  static Stream<Golden> perturbedNeuralSorts() {
    return vectors("gumbel_neural_sort");
  }

  static Stream<Golden> ranks() {
    return vectors("approx_ranks");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("neuralSorts")
  void relaxedPermutationOfValidItemsIsAsPublished(Golden vector) {
    double[][] scores = vector.rows("scores");
    double[][] expected = vector.rows("expected");
    for (int b = 0; b < scores.length; b++) {
      int width = scores[b].length;
      int[] valid =
          IntStream.range(0, width)
              .filter(i -> !vector.has("params.mask") || isTrue(vector, i))
              .toArray();
      double[] kept = Arrays.stream(valid).mapToDouble(i -> 0).toArray();
      for (int k = 0; k < kept.length; k++) {
        kept[k] = scores[b][valid[k]];
      }

      double[][] actual = permutation(kept);

      for (int r = 0; r < valid.length; r++) {
        for (int k = 0; k < valid.length; k++) {
          assertThat(actual[r][k])
              .isCloseTo(expected[b][r * width + valid[k]], within(vector.number("tol")));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("perturbedNeuralSorts")
  void relaxedPermutationOfPerturbedScoresIsAsPublished(Golden vector) {
    double[][] scores = vector.rows("scores");
    double[][] noise = vector.rows("gumbel_noise");
    double[][] expected = vector.rows("expected");
    double temperature = vector.number("params.temperature");
    for (int b = 0; b < scores.length; b++) {
      int n = scores[b].length;
      for (int sample = 0; sample < noise[b].length / n; sample++) {
        double[] perturbed = new double[n];
        for (int i = 0; i < n; i++) {
          perturbed[i] = (scores[b][i] + noise[b][sample * n + i]) / temperature;
        }

        double[] actual =
            Arrays.stream(permutation(perturbed)).flatMapToDouble(Arrays::stream).toArray();

        int start = sample * n * n;
        assertThat(actual)
            .containsExactly(
                Arrays.copyOfRange(expected[b], start, start + n * n),
                within(vector.number("tol")));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ranks")
  void smoothRanksOfScoresFarApartAreTrueRanks(Golden vector) {
    double[][] scores = vector.rows("scores");
    double[][] expected = vector.rows("expected");
    for (int b = 0; b < scores.length; b++) {
      SmoothRanks ranks = new SmoothRanks();

      ranks.forward(scores[b], scores[b].length);

      assertThat(Arrays.copyOf(ranks.rank, scores[b].length))
          .containsExactly(expected[b], within(vector.number("tol")));
    }
  }

  private static boolean isTrue(Golden vector, int i) {
    java.util.List<?> row =
        (java.util.List<?>) ((java.util.List<?>) vector.json().getAnyRef("params.mask")).get(0);
    return (Boolean) row.get(i);
  }

  private static double[][] permutation(double... scores) {
    NeuralSort sort = new NeuralSort();
    int n = scores.length;
    sort.present(scores, n, 1);
    double[][] matrix = new double[n][n];
    for (int r = 1; r <= n; r++) {
      sort.fillRow(r);
      for (int k = sort.from; k < sort.to; k++) {
        matrix[r - 1][sort.order[k]] = sort.row[k];
      }
    }
    return matrix;
  }
}
