package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.loss.click.ClickEmLoss;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.listwise.CircleLoss;
import io.rankline.loss.listwise.MixtureEmLoss;
import io.rankline.testing.Tolerances;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of losses of which a part is a constant: the derivative written out. */
class FrozenPartsTest {

  private static final int N = 6;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void posteriorsOfClickEmAreConstants(long seed) {
    Random random = new Random(seed);
    double[] labels = random.ints(N, 0, 2).asDoubleStream().toArray();
    double[] scores = random.doubles(2 * N, -2, 2).toArray();

    double[] gradient = gradient(new ClickEmLoss(0.5, 2, 1), labels, scores);

    for (int i = 0; i < N; i++) {
      double e = scores[2 * i];
      double r = scores[2 * i + 1];
      double examined = labels[i] == 1 ? 1 : sigmoid(e - Math.log(1 + Math.exp(r)));
      double relevant = labels[i] == 1 ? 1 : sigmoid(r - Math.log(1 + Math.exp(e)));
      assertThat(gradient[2 * i])
          .isCloseTo(0.5 * (sigmoid(e) - examined), within(Tolerances.DOUBLE_SUM));
      assertThat(gradient[2 * i + 1])
          .isCloseTo(2 * (sigmoid(r) - relevant), within(Tolerances.DOUBLE_SUM));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void weightsOfModelsInAMixtureAreConstants(long seed) {
    Random random = new Random(seed);
    double[] labels = random.ints(N, 0, 2).asDoubleStream().toArray();
    labels[0] = 1;
    double[] scores = random.doubles(3 * N, -2, 2).toArray();

    double[] gradient = gradient(new MixtureEmLoss(3, 0.5), labels, scores);

    double[] p = new double[3];
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      double loss = 0;
      for (int i = 0; i < N; i++) {
        double s = scores[3 * i + k];
        loss += Math.log(1 + Math.exp(s)) - s * labels[i];
      }
      p[k] = Math.exp(-0.5 * loss);
      sum += p[k];
    }
    for (int i = 0; i < N; i++) {
      for (int k = 0; k < 3; k++) {
        assertThat(gradient[3 * i + k])
            .isCloseTo(
                p[k] / sum * (sigmoid(scores[3 * i + k]) - labels[i]),
                within(Tolerances.DOUBLE_SUM));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void factorsOfCircleLossAreConstants(long seed) {
    Random random = new Random(seed);
    double[] labels = random.ints(N, 0, 3).asDoubleStream().toArray();
    labels[0] = 3;
    double[] scores = random.doubles(N, -0.2, 1.2).toArray();

    double[] gradient = gradient(new CircleLoss(5, 0.2), labels, scores);

    double sum = 0;
    double[] expected = new double[N];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        if (labels[i] > labels[j]) {
          double si = Math.min(Math.max(scores[i], 0), 1);
          double sj = Math.min(Math.max(scores[j], 0), 1);
          double a = Math.max(0, 1.2 - si);
          double b = Math.max(0, sj + 0.2);
          double term = Math.exp(5 * (a * (0.8 - si) + b * (sj - 0.2)));
          sum += term;
          expected[i] -= si == scores[i] ? 5 * a * term : 0;
          expected[j] += sj == scores[j] ? 5 * b * term : 0;
        }
      }
    }
    for (int i = 0; i < N; i++) {
      assertThat(gradient[i]).isCloseTo(expected[i] / (1 + sum), within(Tolerances.DOUBLE_SUM));
    }
  }

  private static double[] gradient(RankingLoss loss, double[] labels, double[] scores) {
    double[] gradient = new double[scores.length];
    LossBatch batch = LossBatch.ragged(new double[][] {labels}, new double[][] {scores}).build();
    LossObjective.of(loss)
        .withReduction(Reduction.SUM)
        .evaluate(batch, new LossWorkspace(), gradient);
    return gradient;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
