package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.loss.sampling.SampledLoss;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeededLossTest {

  private static final LossBatch BATCH =
      LossBatch.of(1, 3)
          .labels(Values.of(new float[] {0, 2, 1}, 0))
          .scores(Values.of(new float[] {0.3f, -0.2f, 0.1f}, 0))
          .build();

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "gumbel_approx_ndcg_loss",
        "gumbel_neural_sort_ndcg_loss",
        "gumbel_neural_sort_cross_entropy_loss",
        "yeti_logistic_loss",
        "coupled_rankdistil_loss",
        "{name = neural_ndcg_loss, sample_size = 4}"
      })
  void aLossThatDrawsIsTheSameInEveryRunWithASeed(String text) {
    LossObjective fresh = LossText.parse(text);
    LossObjective seeded = fresh.seeded(7);

    // Two draws may be the same by chance, where a loss draws one of a few orders.
    assertThat(Stream.generate(() -> value(fresh)).limit(20).distinct().count()).isGreaterThan(1);
    assertThat(value(seeded)).isEqualTo(value(seeded)).isNotEqualTo(value(fresh.seeded(8)));
    assertThat(seeded.seeded(9)).as("its own seed stays").isEqualTo(seeded);
    assertThat(LossText.parse(LossText.render(seeded))).isEqualTo(seeded);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = LossKey.class,
      mode = EnumSource.Mode.EXCLUDE,
      // They have no defaults for what they need, and draw nothing.
      names = {
        "MULTI_CLASS",
        "MIXTURE_EM",
        "IPW_SOFTMAX",
        "IPW_SIGMOID_CROSS_ENTROPY",
        "IPW_PAIRWISE_LOGISTIC"
      })
  void onlyLossesThatDrawChange(LossKey key) {
    LossObjective objective = LossObjective.of(key.withDefaults());

    boolean draws = LossText.render(objective.seeded(7)).contains("\"seed\":7");
    assertThat(objective.seeded(7).equals(objective)).isNotEqualTo(draws);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 42})
  void termsDrawEachForThemselves(long seed) {
    LossObjective both =
        LossObjective.of(
                Map.of("gumbel_approx_ndcg_loss", 1.0, "gumbel_neural_sort_ndcg_loss", 1.0))
            .seeded(seed);

    assertThat(both.terms().stream().map(term -> ((SampledLoss) term.loss()).sampler()).distinct())
        .hasSize(2);
  }

  /** In a workspace of its own, as another process has. */
  private static double value(LossObjective objective) {
    return objective.evaluate(BATCH, new LossWorkspace()).value();
  }
}
