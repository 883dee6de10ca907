package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.smooth.NeuralNdcgLoss;
import io.rankline.testing.Tolerances;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeuralNdcgLossTest {

  /** Scores this far apart give a permutation without any blur. */
  private static final double FAR_APART = 1000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void valueIsThatOfFullMatrices(long seed) {
    Random random = new Random(seed);
    int n = 9;
    double[] labels = random.ints(n, 0, 4).asDoubleStream().toArray();
    labels[0] = 3;
    double[] scores = random.doubles(n, -1, 1).toArray();

    double[][] p = sinkhorn(neuralSort(scores, 0.7), 50, 1e-6);

    assertThat(loss(withTemperature(0.7), labels, scores))
        .isCloseTo(-ndcg(p, labels), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void transposedVariantIsTheSameNumber() {
    double[] labels = {0, 2, 1, 3};
    double[] scores = {0.3, 0.1, 0.4, -0.2};
    double[][] p = sinkhorn(neuralSort(scores, 1), 50, 1e-6);
    double dcg = 0;
    for (int i = 0; i < 4; i++) {
      double expectedDiscount = 0;
      for (int r = 0; r < 4; r++) {
        expectedDiscount += p[r][i] * discount(r);
      }
      dcg += (Math.pow(2, labels[i]) - 1) * expectedDiscount;
    }

    assertThat(loss(new NeuralNdcgLoss(), labels, scores))
        .isCloseTo(-dcg / ideal(labels), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void scoresFarApartGiveNdcg() {
    double[] labels = {0, 2, 1};
    double[] scores = {2 * FAR_APART, FAR_APART, 0};
    double dcg = 3 * discount(1) + discount(2);

    assertThat(loss(new NeuralNdcgLoss(), labels, scores))
        .isCloseTo(-dcg / ideal(labels), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void ranksBeyondTopnDoNotCount() {
    double[] labels = {0, 2, 1};
    double[] scores = {2 * FAR_APART, FAR_APART, 0};

    assertThat(loss(new NeuralNdcgLoss().withTopn(1), labels, scores))
        .isCloseTo(0, within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void samplesAreTheSameForASeed() {
    double[] labels = {0, 2, 1};
    double[] scores = {0.5, 0.2, 0.1};
    NeuralNdcgLoss seeded = new NeuralNdcgLoss().stochastic(3);

    assertThat(loss(seeded, labels, scores)).isEqualTo(loss(seeded, labels, scores));
    assertThat(loss(seeded, labels, scores))
        .isNotEqualTo(loss(new NeuralNdcgLoss().stochastic(4), labels, scores));
  }

  private static NeuralNdcgLoss withTemperature(double temperature) {
    return new NeuralNdcgLoss(
        temperature, NeuralNdcgLoss.ALL_RANKS, true, 0, 0.1, true, null, 50, 1e-6);
  }

  private static double loss(RankingLoss loss, double[] labels, double[] scores) {
    LossBatch batch = LossBatch.ragged(new double[][] {labels}, new double[][] {scores}).build();
    return LossObjective.of(loss).evaluate(batch, new LossWorkspace()).value();
  }

  private static double[][] neuralSort(double[] s, double temperature) {
    int n = s.length;
    double[][] p = new double[n][n];
    for (int r = 1; r <= n; r++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double spread = 0;
        for (double other : s) {
          spread += Math.abs(s[i] - other);
        }
        p[r - 1][i] = Math.exp(((n + 1 - 2 * r) * s[i] - spread) / temperature);
        sum += p[r - 1][i];
      }
      for (int i = 0; i < n; i++) {
        p[r - 1][i] /= sum;
      }
    }
    return p;
  }

  private static double[][] sinkhorn(double[][] p, int maxIterations, double tolerance) {
    int n = p.length;
    for (int iteration = 0; iteration < maxIterations; iteration++) {
      double worst = 0;
      for (int i = 0; i < n; i++) {
        double sum = column(p, i);
        for (double[] row : p) {
          row[i] /= sum;
        }
      }
      for (double[] row : p) {
        double sum = Arrays.stream(row).sum();
        for (int i = 0; i < n; i++) {
          row[i] /= sum;
        }
      }
      for (int i = 0; i < n; i++) {
        worst = Math.max(worst, Math.abs(column(p, i) - 1));
      }
      if (worst < tolerance) {
        break;
      }
    }
    return p;
  }

  private static double column(double[][] p, int i) {
    return Arrays.stream(p).mapToDouble(row -> row[i]).sum();
  }

  private static double ndcg(double[][] p, double[] labels) {
    double dcg = 0;
    for (int r = 0; r < p.length; r++) {
      for (int i = 0; i < p.length; i++) {
        dcg += discount(r) * p[r][i] * (Math.pow(2, labels[i]) - 1);
      }
    }
    return dcg / ideal(labels);
  }

  private static double ideal(double... labels) {
    double[] best = Arrays.stream(labels).map(y -> -y).sorted().map(y -> -y).toArray();
    double sum = 0;
    for (int k = 0; k < best.length; k++) {
      sum += (Math.pow(2, best[k]) - 1) * discount(k);
    }
    return sum;
  }

  /** Of rank r + 1. */
  private static double discount(int r) {
    return Math.log(2) / Math.log(r + 2);
  }
}
