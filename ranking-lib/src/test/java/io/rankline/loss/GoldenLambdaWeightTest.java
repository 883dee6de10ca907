package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.data.Gain;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.LambdaItems;
import io.rankline.loss.lambda.LambdaWeight;
import io.rankline.loss.lambda.ListMleLambdaWeight;
import io.rankline.loss.lambda.PairLambdaWeight;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published matrices of lambda weights, relaxed permutations, smooth ranks and NDCG. */
class GoldenLambdaWeightTest {

  /** Scores this far apart make smooth ranks true ranks to the last digit. */
  private static final double FAR_APART = 1000;

  private final LossWorkspace workspace = new LossWorkspace();

  static Stream<Golden> vectors(String name, String kind) {
    return Golden.read("lambda_weights.json")
        .filter(vector -> vector.text("kind").equals(kind))
        .filter(vector -> name.isEmpty() || vector.text("name").equals(name));
  }

  static Stream<Golden> lambdaWeights() {
    return vectors("", "lambda_weight");
  }

  static Stream<Golden> neuralSorts() {
    return vectors("neural_sort", "util");
  }

  static Stream<Golden> perturbedNeuralSorts() {
    return vectors("gumbel_neural_sort", "util");
  }

  static Stream<Golden> ranks() {
    return vectors("approx_ranks", "util");
  }

  static Stream<Golden> bestOrders() {
    return vectors("inverse_max_dcg", "util");
  }

  static Stream<Golden> ndcgs() {
    return vectors("loss_ndcg", "util");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lambdaWeights")
  void lambdaWeightIsAsPublished(Golden vector) {
    double[] labels = vector.flat("labels");
    double[] ranks = vector.flat("ranks");
    int n = labels.length;
    Config params =
        vector
            .json()
            .getConfig("params")
            .withValue("type", ConfigValueFactory.fromAnyRef(vector.text("name")));
    LambdaWeight lambda = Golden.lambdaWeight(params);
    int[] order = byLabel(labels);
    int valid = (int) Arrays.stream(labels).filter(label -> label >= 0).count();
    LambdaItems items = new LambdaItems();
    items.present(
        valid,
        n,
        IntStream.range(0, valid).mapToDouble(k -> labels[order[k]]).toArray(),
        IntStream.range(0, valid).map(k -> (int) ranks[order[k]]).toArray());

    double[] actual;
    if (lambda instanceof ListMleLambdaWeight positions) {
      actual = Arrays.stream(ranks).map(rank -> positions.at((int) rank)).toArray();
    } else if (vector.text("output").equals("individual_weights")) {
      double[] byLabel = new double[valid];
      ((DcgLambdaWeight) lambda).individual(items, byLabel);
      actual = new double[n];
      for (int k = 0; k < valid; k++) {
        actual[order[k]] = byLabel[k];
      }
    } else {
      PairLambdaWeight pairs = (PairLambdaWeight) lambda;
      pairs.prepare(items);
      actual = new double[n * n];
      double[] row = new double[valid];
      for (int i = 0; i < valid; i++) {
        pairs.row(items, i, 0, valid, row);
        for (int j = 0; j < valid; j++) {
          actual[order[i] * n + order[j]] = i == j ? 0 : row[j];
        }
      }
    }

    assertThat(actual).containsExactly(vector.flat("expected"), within(vector.number("tol")));
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
      double[] labels = new double[scores[b].length];
      workspace.load(batch(labels, scores[b]), 0, 1, true);

      ApproxRanks.forward(workspace);

      assertThat(Arrays.copyOf(workspace.a, labels.length))
          .containsExactly(expected[b], within(vector.number("tol")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bestOrders")
  void gainsAreDividedByTheDcgOfTheBestOrder(Golden vector) {
    double[][] labels = vector.rows("labels");
    double[] expected = vector.flat("expected");
    int topn =
        vector.has("params.topn") ? vector.json().getInt("params.topn") : LambdaWeight.ALL_RANKS;
    for (int b = 0; b < labels.length; b++) {
      int n = labels[b].length;
      double[] sorted = Arrays.stream(byLabel(labels[b])).mapToDouble(i -> 0).toArray();
      int[] order = byLabel(labels[b]);
      for (int k = 0; k < n; k++) {
        sorted[k] = labels[b][order[k]];
      }
      LambdaItems items = new LambdaItems();
      items.present(n, n, sorted, IntStream.rangeClosed(1, n).toArray());
      DcgLambdaWeight weight =
          new DcgLambdaWeight(
              topn, Gain.EXPONENTIAL, Golden.discount(vector.json().getConfig("params")), true, 0);

      double[] weights = new double[n];
      weight.individual(items, weights);

      double best = Gain.EXPONENTIAL.of(sorted[0]) * weight.discount().of(1);
      assertThat(weights[0])
          .isCloseTo(best * expected[b], within(vector.number("tol") * Math.max(best, 1)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ndcgs")
  void approxNdcgOfScoresFarApartIsNdcg(Golden vector) {
    double[][] labels = vector.rows("labels");
    double[] expected = vector.flat("expected");
    for (int b = 0; b < labels.length; b++) {
      int n = labels[b].length;
      double[] scores = new double[n];
      for (int i = 0; i < n; i++) {
        scores[i] = -FAR_APART * rank(vector, b, i, n);
      }

      double loss =
          LossObjective.of(new ApproxNdcgLoss(1))
              .evaluate(batch(labels[b], scores), workspace)
              .value();

      assertThat(-loss).isCloseTo(expected[b], within(vector.number("tol")));
    }
  }

  private static double rank(Golden vector, int b, int i, int n) {
    if (vector.has("params.ranks")) {
      return vector.rows("params.ranks")[b][i];
    }
    if (vector.has("params.perm_mat")) {
      double[] matrix = vector.rows("params.perm_mat")[b];
      for (int r = 0; r < n; r++) {
        if (matrix[r * n + i] == 1) {
          return r + 1;
        }
      }
    }
    return i + 1;
  }

  private static boolean isTrue(Golden vector, int i) {
    java.util.List<?> row =
        (java.util.List<?>) ((java.util.List<?>) vector.json().getAnyRef("params.mask")).get(0);
    return (Boolean) row.get(i);
  }

  private static double[][] permutation(double... scores) {
    NeuralSort sort = new NeuralSort();
    int n = scores.length;
    sort.present(scores, n);
    double[][] matrix = new double[n][n];
    for (int r = 1; r <= n; r++) {
      sort.fillRow(r, NeuralSortNdcgLoss.CUTOFF, 1);
      for (int k = sort.from; k < sort.to; k++) {
        matrix[r - 1][sort.order[k]] = sort.row[k];
      }
    }
    return matrix;
  }

  private static LossBatch batch(double[] labels, double[] scores) {
    return LossBatch.ragged(new double[][] {labels}, new double[][] {scores}).build();
  }

  private static int[] byLabel(double... labels) {
    int[] order = new int[labels.length];
    ItemOrder.descending(
        labels, labels.length, order, new int[labels.length], TieOrder.BY_POSITION, 0);
    return order;
  }
}
