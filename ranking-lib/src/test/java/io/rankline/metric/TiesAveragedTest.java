package io.rankline.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.testing.Tolerances;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiesAveragedTest {

  /** Long enough for three groups of ties, short enough for all orders. */
  private static final int MOST_ITEMS = 6;

  private static final int LISTS = 60;

  private static double averaged(String metric, ScoredList list) {
    RankingMetric averaged = TiesAveraged.of(RankingMetric.parse(metric));
    return averaged.value(new Ranking().rank(list, averaged));
  }

  /** The mean over all orders of the items as given, each of which orders ties its own way. */
  private static double overAllOrders(RankingMetric metric, ScoredList list) {
    int[] order = IntStream.range(0, list.size()).toArray();
    double[] sum = {0, 0};
    Ranking ranking = new Ranking();
    permute(
        order,
        0,
        () -> {
          sum[0] += metric.value(ranking.rank(inOrder(list, order), metric));
          sum[1]++;
        });
    return sum[0] / sum[1];
  }

  private static void permute(int[] order, int from, Runnable visit) {
    if (from >= order.length - 1) {
      visit.run();
      return;
    }
    for (int i = from; i < order.length; i++) {
      swap(order, from, i);
      permute(order, from + 1, visit);
      swap(order, from, i);
    }
  }

  private static void swap(int[] order, int one, int other) {
    int item = order[one];
    order[one] = order[other];
    order[other] = item;
  }

  private static ScoredList inOrder(ScoredList list, int[] order) {
    int topics = list.topics();
    double[] labels = new double[list.labels().length];
    double[] scores = new double[order.length];
    double[] weights = new double[list.weights().length];
    for (int i = 0; i < order.length; i++) {
      scores[i] = list.scores()[order[i]];
      System.arraycopy(list.labels(), order[i] * topics, labels, i * topics, topics);
      if (weights.length > 0) {
        weights[i] = list.weights()[order[i]];
      }
    }
    return new ScoredList(labels, scores, weights, new boolean[0], topics, 0);
  }

  private static ScoredList list(Random random, int topics) {
    int size = 1 + random.nextInt(MOST_ITEMS);
    int scores = 1 + random.nextInt(3);
    int labels = 1 + random.nextInt(4);
    double[] weights =
        random.nextBoolean()
            ? new double[0]
            : IntStream.range(0, size).mapToDouble(i -> random.nextInt(4)).toArray();
    return new ScoredList(
        IntStream.range(0, size * topics)
            .mapToDouble(i -> random.nextInt(8) == 0 ? -1 : random.nextInt(labels))
            .toArray(),
        IntStream.range(0, size).mapToDouble(i -> random.nextInt(scores)).toArray(),
        weights,
        new boolean[0],
        topics,
        0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mrr",
        "mrr@2",
        "hits@1",
        "hits@3",
        "arp",
        "precision",
        "precision@2",
        "precision@4(denominator=cut)",
        "recall",
        "recall@2",
        "map",
        "map@1",
        "map@3",
        "map@2(denominator=cut)",
        "map(denominator=hits)",
        "map@1(denominator=hits)",
        "map@2(denominator=hits)",
        "map@4(denominator=hits)",
        "dcg@3",
        "ndcg",
        "ndcg@1",
        "ndcg@2(gain=identity,discount=ln)",
        "ordered_pair_accuracy",
        "precision_ia@3",
        "pwa",
        "pwa@2",
        "bpref",
        "bpref@1",
        "bpref@3",
        "bpref(version=original)",
        "bpref@2(version=original,relevant=>0)",
        "alpha_dcg",
        "alpha_dcg@1",
        "alpha_dcg@3(alpha=0.9,discount=reciprocal)",
        "alpha_dcg(alpha=1)",
        "alpha_dcg@4(alpha=0)",
        "map@3(relevant=>1,denominator=hits)"
      })
  void isTheMeanOverAllOrdersOfTies(String text) {
    RankingMetric metric = RankingMetric.parse(text);
    Random random = new Random(text.hashCode());
    for (int i = 0; i < LISTS; i++) {
      ScoredList list = list(random, metric.readsTopics() ? 2 : 1);

      assertThat(averaged(text, list))
          .as("%s of %s", text, list)
          .isCloseTo(overAllOrders(metric, list), within(Tolerances.DOUBLE_SUM));
    }
  }

  @Test
  void isTheSameWhereverTheListIsCutForOtherMetrics() {
    ScoredList list = ScoredList.of(new double[] {0, 1, 0, 2, 1}, new double[] {1, 1, 1, 1, 0});
    Evaluator evaluator =
        new Evaluator(RankingMetric.parseAll("ndcg@2(ties=average),map,mrr@1(ties=average)"));
    evaluator.add(list);

    assertThat(evaluator.evaluation().value("ndcg@2(ties=average)"))
        .hasValue(averaged("ndcg@2", list));
    assertThat(evaluator.evaluation().value("mrr@1(ties=average)")).hasValue(2.0 / 4);
    assertThat(evaluator.evaluation().value("map")).hasValue((1.0 / 2 + 2.0 / 4 + 3.0 / 5) / 3);
  }

  @Test
  void thousandsOfTiesKeepTheirPrecision() {
    double[] labels = new double[4000];
    Arrays.fill(labels, 0, 3, 1);
    ScoredList list = ScoredList.of(labels, new double[4000]);

    assertThat(averaged("precision@100", list)).isCloseTo(3.0 / 4000, within(1e-15));
    double none = (3900.0 / 4000) * (3899.0 / 3999) * (3898.0 / 3998);
    assertThat(averaged("hits@100", list)).isCloseTo(1 - none, within(1e-12));
    assertThat(averaged("map@100(denominator=hits)", list)).isBetween(0.0, 1 - none);
  }

  @Test
  void isAParameterInText() {
    RankingMetric metric = RankingMetric.parse("ndcg@5(ties=average,gain=identity)");

    assertThat(metric).isEqualTo(TiesAveraged.of(RankingMetric.parse("ndcg@5(gain=identity)")));
    assertThat(metric.name()).isEqualTo("ndcg@5(gain=identity,ties=average)");
    assertThat(RankingMetric.parse(metric.name())).isEqualTo(metric);
    assertThat(RankingMetric.parse("map(ties=average)").name()).isEqualTo("map(ties=average)");
    assertThat(TiesAveraged.of(metric)).isEqualTo(metric);
  }

  /** A metric of somebody who did not think of ties. */
  private record FirstLabel() implements CustomMetric {

    @Override
    public String name() {
      return "first_label";
    }

    @Override
    public int depth() {
      return 1;
    }

    @Override
    public double value(Ranking ranking) {
      return ranking.depth() == 0 ? 0 : ranking.label(ranking.itemAt(0));
    }

    @Override
    public boolean perfectIsOne() {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyMetricKnowsItsMeanOverTies(MetricKey key) {
    assertThat(TiesAveraged.of(key.withDefaults()).metric()).isEqualTo(key.withDefaults());
  }

  @Test
  void aMetricWithoutAMeanOverTiesIsRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TiesAveraged.of(new FirstLabel()))
        .withMessage(
            "first_label cannot be averaged over ties: it does not implement AveragesTies");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankingMetric.parse("map(ties=random)"))
        .withMessage("metric 'map(ties=random)': ties must be average, got 'random'");
  }

  @Test
  void whatEmptyListsMeanIsThatOfTheMetric() {
    EmptyLists.AS_ONE.requireMeaningFor(RankingMetric.parse("arp(ties=average)"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EmptyLists.AS_ONE.requireMeaningFor(RankingMetric.parse("dcg(ties=average)")))
        .withMessageStartingWith("dcg(ties=average) has no best value of 1");
    RankingMetric metric = RankingMetric.parse("ndcg(ties=average)");
    Evaluator evaluator = new Evaluator(List.of(metric));
    evaluator.add(ScoredList.of(new double[2], new double[2]));

    assertThat(evaluator.evaluation().mean(metric.name()).emptyLists()).isEqualTo(1);
  }
}
