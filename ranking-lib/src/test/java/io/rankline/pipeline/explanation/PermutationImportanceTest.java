package io.rankline.pipeline.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.RankingList;
import io.rankline.data.TieOrder;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.explanation.FeatureImportance.Permuted;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PermutationImportanceTest {

  /** Sums of float32 products. */
  private static final double FLOAT32_SUM = 1e-5;

  /** Three standard errors of the mean of 6,000 orders of a list, whose NDCG spreads by 0.16. */
  private static final double MEAN_OF_ORDERS = 0.007;

  @Test
  void aFeatureThatIsTheWholeScoreLosesAllThatARandomOrderDoes() {
    RankingModel model = LinearModel.of(0, 1, 0, 0);

    Importances found =
        of("ndcg", 300, 1).of(model, LinearModel.TASK, lists(20), f -> true, n -> {});

    assertThat(found.value()).isCloseTo(1, within(FLOAT32_SUM));
    assertThat(found.features().get(0).feature()).isEqualTo("good");
    assertThat(found.features().get(0).lost())
        .isCloseTo(1 - meanOfAllOrders(), within(MEAN_OF_ORDERS));
    assertThat(lost(found, "pair")).isZero();
    assertThat(lost(found, "place")).isZero();
  }

  @Test
  void whereLowerIsBetterALossIsARise() {
    RankingModel model = LinearModel.of(0, 1, 0, 0);

    Importances found = of("arp", 20, 1).of(model, LinearModel.TASK, lists(20), f -> true, n -> {});

    // The best order of labels 2, 1, 0 has relevant items at (2 * 1 + 1 * 2) / 3 on average.
    assertThat(found.value()).isCloseTo(4 / 3.0, within(FLOAT32_SUM));
    assertThat(lost(found, "good")).isBetween(0.4, 0.9);
    assertThat(found.features().get(0).isClear()).isTrue();
  }

  @Test
  void allValuesOfAFeatureMoveTogether() {
    // Both values of pair cancel out, so together they change nothing wherever they go.
    RankingModel model = LinearModel.of(0, 1, 1, -1);
    List<RankingList> lists =
        List.of(
            LinearModel.list(
                0,
                new double[] {2, 5, 5, 2},
                new double[] {1, -7, -7, 1},
                new double[] {0, 9, 9, 0}));

    Importances found = of("ndcg", 50, 1).of(model, LinearModel.TASK, lists, f -> true, n -> {});

    assertThat(found.features()).hasSize(3);
    assertThat(lost(found, "pair")).isZero();
    assertThat(lost(found, "good")).isPositive();
  }

  @Test
  void ofOneListThereIsNoIntervalAndNothingToPermuteAmongLists() {
    RankingModel model = LinearModel.of(0, 1, 0, 0);

    Importances found = of("ndcg", 50, 1).of(model, LinearModel.TASK, lists(1), f -> true, n -> {});

    assertThat(found.features()).allSatisfy(each -> assertThat(each.interval()).isNull());
    assertThat(found.features().get(0).feature()).isEqualTo("good");
    assertThat(lost(found, "place")).isNaN();
    assertThat(found.features().get(2).feature()).isEqualTo("place");
  }

  @Test
  void whatIsTheSameWithinAListIsPermutedAmongLists() {
    RankingModel model = LinearModel.of(1, 1, 0, 0);
    List<RankingList> lists =
        List.of(
            LinearModel.list(0, new double[] {3, 1, 1, 1}, new double[] {3, 2, 2, 0}),
            LinearModel.list(1, new double[] {4, 1, 1, 1}, new double[] {4, 2, 2, 0}));

    Importances found = of("ndcg", 2, 1).of(model, LinearModel.TASK, lists, f -> true, n -> {});

    assertThat(found.features())
        .extracting(FeatureImportance::feature, FeatureImportance::permuted)
        .containsExactlyInAnyOrder(
            org.assertj.core.api.Assertions.tuple("good", Permuted.LISTS),
            org.assertj.core.api.Assertions.tuple("place", Permuted.LISTS),
            org.assertj.core.api.Assertions.tuple("pair", Permuted.ITEMS));
  }

  @Test
  void equalSeedsGiveEqualNumbersAndOthersDoNot() {
    RankingModel model = LinearModel.of(0, 1, 0.2, 0);

    Importances first = of("ndcg", 2, 1).of(model, LinearModel.TASK, lists(12), f -> true, n -> {});
    Importances again = of("ndcg", 2, 1).of(model, LinearModel.TASK, lists(12), f -> true, n -> {});
    Importances other = of("ndcg", 2, 2).of(model, LinearModel.TASK, lists(12), f -> true, n -> {});
    Importances alone =
        of("ndcg", 2, 1).of(model, LinearModel.TASK, lists(12), "pair"::equals, n -> {});

    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
    assertThat(alone.features())
        .containsExactly(
            first.features().stream()
                .filter(feature -> feature.feature().equals("pair"))
                .findFirst()
                .orElseThrow());
  }

  @Test
  void theIntervalIsThatOfTheListsLosses() {
    RankingModel model = LinearModel.of(0, 1, 0, 0);

    Importances found = of("ndcg", 3, 1).of(model, LinearModel.TASK, lists(40), f -> true, n -> {});

    ConfidenceInterval good = Objects.requireNonNull(found.features().get(0).interval());
    assertThat(found.features().get(0).lost()).isBetween(good.low(), good.high());
    assertThat(good.high() - good.low()).isBetween(0.01, 0.2);
    assertThat(found.features().get(1).interval()).isEqualTo(new ConfidenceInterval(0, 0, 0.95));
  }

  @Test
  void itTellsWhatItCost() {
    AtomicLong scored = new AtomicLong();
    PermutationImportance importance = of("ndcg", 4, 1);
    List<RankingList> lists = new java.util.ArrayList<>(lists(10));
    lists.add(LinearModel.list(0));

    Importances found =
        importance.of(
            LinearModel.of(0, 1, 0, 0), LinearModel.TASK, lists, f -> true, scored::addAndGet);

    assertThat(found.lists()).isEqualTo(10);
    assertThat(found.items()).isEqualTo(30);
    assertThat(found.repeats()).isEqualTo(4);
    assertThat(scored).hasValue(10 * importance.scoredForEach(3));
  }

  @Test
  void listsWithoutItemsAreNothingToMeasureOn() {
    assertThatThrownBy(
            () ->
                of("ndcg", 1, 1)
                    .of(
                        LinearModel.of(0, 1, 0, 0),
                        LinearModel.TASK,
                        List.of(LinearModel.list(0)),
                        f -> true,
                        n -> {}))
        .hasMessage("there is no list with items to measure importance on");
    assertThatThrownBy(() -> of("ndcg", 0, 1)).hasMessage("repeats must be 1 or more, got 0");
  }

  private static PermutationImportance of(String metric, int repeats, long seed) {
    return new PermutationImportance(
        RankingMetric.parse(metric),
        EmptyLists.AS_ZERO,
        TieOrder.AS_GIVEN,
        repeats,
        new Bootstrap(200, 0.95, 1),
        seed);
  }

  private static List<RankingList> lists(int count) {
    return LinearModel.lists(count);
  }

  private static double lost(Importances found, String feature) {
    return found.features().stream()
        .filter(each -> each.feature().equals(feature))
        .findFirst()
        .orElseThrow()
        .lost();
  }

  /** NDCG of labels 2, 1, 0 over their six orders. */
  private static double meanOfAllOrders() {
    int[][] orders = {{2, 1, 0}, {2, 0, 1}, {1, 2, 0}, {1, 0, 2}, {0, 1, 2}, {0, 2, 1}};
    double ideal = 3 + 1 / (Math.log(3) / Math.log(2));
    double sum = 0;
    for (int[] order : orders) {
      for (int k = 0; k < 3; k++) {
        sum += (Math.pow(2, order[k]) - 1) / (Math.log(k + 2) / Math.log(2)) / ideal;
      }
    }
    return sum / orders.length;
  }
}
