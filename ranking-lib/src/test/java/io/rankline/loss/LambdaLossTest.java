package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.LambdaLossScheme;
import io.rankline.loss.lambda.LambdaLossWeight;
import io.rankline.loss.pairwise.LambdaLoss;
import io.rankline.loss.pairwise.PairwiseLogisticLoss;
import io.rankline.testing.Tolerances;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LambdaLossTest {

  private static final int N = 12;

  @ParameterizedTest
  @EnumSource
  void valueIsThatOfThePlainDoubleLoop(LambdaLossScheme scheme) {
    for (int topn : new int[] {3, N}) {
      for (double sigma : new double[] {1, 2.5}) {
        Random random = new Random(topn);
        double[] labels = random.ints(N, 0, 4).asDoubleStream().toArray();
        double[] scores = random.doubles(N, -3, 3).toArray();

        double actual =
            sum(new LambdaLoss(new LambdaLossWeight(scheme, 7, topn), sigma), labels, scores);

        assertThat(actual)
            .isCloseTo(
                oracle(scheme, 7, topn, sigma, labels, scores), within(Tolerances.DOUBLE_SUM));
      }
    }
  }

  @Test
  void rankNetReadsNoGains() {
    LossBatch batch = LossBatch.ragged(new double[][] {{2000, 0}}, new double[][] {{1, 1}}).build();

    double value =
        LossObjective.of(new LambdaLoss(LambdaLossScheme.RANK_NET))
            .withReduction(Reduction.SUM)
            .evaluate(batch, new LossWorkspace())
            .value();

    // log2(1 + e^0)
    assertThat(value).isCloseTo(1, within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void rankNetIsPairwiseLogisticLossInBits() {
    double[] labels = {0, 2, 1};
    double[] scores = {1, 0.5, -1};

    assertThat(sum(new LambdaLoss(LambdaLossScheme.RANK_NET), labels, scores))
        .isCloseTo(
            sum(new PairwiseLogisticLoss(), labels, scores) / Math.log(2),
            within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void lossDoesNotDependOnPadding() {
    double[] labels = {0, 2, 1};
    double[] scores = {1, 0.5, -1};
    RankingLoss loss = new LambdaLoss(LambdaLossScheme.NDCG_LOSS2PP);

    double padded = sum(loss, new double[] {0, 2, 1, -1, -1}, new double[] {1, 0.5, -1, 9, 9});

    assertThat(padded).isEqualTo(sum(loss, labels, scores));
  }

  private static double sum(RankingLoss loss, double[] labels, double[] scores) {
    LossBatch batch = LossBatch.ragged(new double[][] {labels}, new double[][] {scores}).build();
    return LossObjective.of(loss)
        .withReduction(Reduction.SUM)
        .evaluate(batch, new LossWorkspace())
        .value();
  }

  /** The definition, ranks from 1, without any shortcut. */
  private static double oracle(
      LambdaLossScheme scheme,
      double mu,
      int topn,
      double sigma,
      double[] labels,
      double[] scores) {
    double[] best = Arrays.stream(labels).map(y -> -y).sorted().map(y -> -y).toArray();
    double ideal = 0;
    for (int k = 0; k < Math.min(topn, N); k++) {
      ideal += (Math.pow(2, best[k]) - 1) / d(k + 1);
    }
    double loss = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        boolean counts = scheme == LambdaLossScheme.NDCG_LOSS1 ? i != j : labels[i] > labels[j];
        int ri = rank(scores, i);
        int rj = rank(scores, j);
        if (!counts || ri > topn || rj > topn) {
          continue;
        }
        double gi = (Math.pow(2, labels[i]) - 1) / ideal;
        double gj = (Math.pow(2, labels[j]) - 1) / ideal;
        int gap = Math.abs(ri - rj);
        double relative = Math.abs(gi - gj) * Math.abs(1 / d(gap) - 1 / d(gap + 1));
        double absolute = Math.abs(gi - gj) * Math.abs(1 / d(ri) - 1 / d(rj));
        double weight =
            switch (scheme) {
              case RANK_NET -> 1;
              case LAMBDA_RANK -> absolute;
              case NDCG_LOSS1 -> gi / d(ri);
              case NDCG_LOSS2 -> relative;
              case NDCG_LOSS2PP -> mu * relative + absolute;
            };
        double p = 1 / (1 + Math.exp(-sigma * (scores[i] - scores[j])));
        loss -= weight * Math.log(p) / Math.log(2);
      }
    }
    return loss;
  }

  private static double d(int rank) {
    return Math.log(1 + rank) / Math.log(2);
  }

  private static int rank(double[] scores, int i) {
    return 1 + (int) Arrays.stream(scores).filter(s -> s > scores[i]).count();
  }
}
