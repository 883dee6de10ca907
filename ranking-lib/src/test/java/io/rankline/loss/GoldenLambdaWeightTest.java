package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.data.Gain;
import io.rankline.data.ItemOrder;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.LambdaItems;
import io.rankline.loss.lambda.LambdaWeight;
import io.rankline.loss.lambda.ListMleLambdaWeight;
import io.rankline.loss.lambda.PairLambdaWeight;
import io.rankline.loss.smooth.ApproxNdcgLoss;
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

  private static LossBatch batch(double[] labels, double[] scores) {
    return LossBatch.ragged(new double[][] {labels}, new double[][] {scores}).build();
  }

  private static int[] byLabel(double... labels) {
    return new ItemOrder().descending(labels, labels.length);
  }
}
