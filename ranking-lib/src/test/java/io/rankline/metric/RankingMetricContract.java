package io.rankline.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.metric.evaluation.Evaluator;
import io.rankline.metric.evaluation.MetricMean;
import io.rankline.testing.Tolerances;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link RankingMetric} promises; a metric's own test implements this to inherit it. */
interface RankingMetricContract {

  /** Merged means against the mean of all. */
  double MERGED = 1e-12;

  int LISTS = 200;

  RankingMetric metric();

  /** The value of a list, in plain loops over its valid items, ranked. */
  double plainValue(List<PlainItem> ranked);

  /** The weight of a list, likewise; not a number where the list lacks relevant items. */
  double plainWeight(List<PlainItem> ranked);

  /** Topics that lists are made with. */
  default int topics() {
    return 1;
  }

  /** The highest label for which a better order never scores lower. */
  default int highestLabel() {
    return 4;
  }

  /** Whether a list with relevant items, ranked by label, always scores 1. */
  default boolean perfectOrderScoresOne() {
    return metric().perfectIsOne();
  }

  /** Whether 1 is the highest value where a perfect order scores 1. */
  default boolean valuesStayBelowOne() {
    return true;
  }

  /** Whether weights that differ within a list are refused. */
  default boolean refusesItemWeights() {
    return false;
  }

  /** Whether the order of ties is of no importance. */
  default boolean ignoresTieOrder() {
    return false;
  }

  default ScoredList list(RandomScoredLists lists) {
    ScoredList list = lists.next(topics());
    return refusesItemWeights() && list.weights().length > 1
        ? list.withWeights(list.weights()[0])
        : list;
  }

  default double value(ScoredList list) {
    return metric().value(new Ranking().rank(list, metric()));
  }

  default Offset<Double> close() {
    return within(Tolerances.DOUBLE_SUM);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  default void agreesWithPlainLoops(long seed) {
    RandomScoredLists lists = new RandomScoredLists(seed);
    Ranking ranking = new Ranking();
    for (int i = 0; i < LISTS; i++) {
      ScoredList list = list(lists);
      List<PlainItem> plain = PlainItem.ranked(list, metric().ranksZeroWeights());

      ranking.rank(list, metric());

      if (ranking.totalWeight() > 0) {
        assertThat(metric().value(ranking)).as("%s", list).isCloseTo(plainValue(plain), close());
        assertThat(metric().lacksRelevantItems(ranking))
            .as("%s", list)
            .isEqualTo(Double.isNaN(plainWeight(plain)));
        if (!metric().lacksRelevantItems(ranking) && !plain.isEmpty()) {
          assertThat(metric().weight(ranking)).isCloseTo(plainWeight(plain), close());
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  default void valuesAreInRange(long seed) {
    RandomScoredLists lists = new RandomScoredLists(seed);
    for (int i = 0; i < LISTS; i++) {
      double value = value(list(lists));

      assertThat(value).isFinite().isNotNegative();
      if (metric().perfectIsOne() && valuesStayBelowOne()) {
        assertThat(value).isLessThanOrEqualTo(1 + Tolerances.DOUBLE_SUM);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  default void aBetterOrderNeverScoresLower(long seed) {
    RandomScoredLists lists = new RandomScoredLists(seed);
    Random random = new Random(seed);
    for (int i = 0; i < LISTS; i++) {
      ScoredList list = lists.plain(1, highestLabel());
      int one = random.nextInt(list.size());
      int other = random.nextInt(list.size());
      boolean inOrder =
          (list.labels()[one] - list.labels()[other]) * (list.scores()[one] - list.scores()[other])
              >= 0;
      double[] swapped = list.scores().clone();
      swapped[one] = list.scores()[other];
      swapped[other] = list.scores()[one];

      double before = value(list);
      double after = value(ScoredList.of(list.labels(), swapped));

      double gained = inOrder ? before - after : after - before;
      assertThat(
              metric().direction() == RankingMetric.Direction.HIGHER_IS_BETTER ? gained : -gained)
          .isGreaterThanOrEqualTo(-Tolerances.DOUBLE_SUM);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  default void aPerfectOrderScoresOne(long seed) {
    RandomScoredLists lists = new RandomScoredLists(seed);
    for (int i = 0; i < LISTS && perfectOrderScoresOne(); i++) {
      double[] labels = lists.plain(1, highestLabel()).labels();
      ScoredList perfect = ScoredList.of(labels, labels);
      Ranking ranking = new Ranking().rank(perfect, metric());
      boolean counts = !metric().lacksRelevantItems(ranking) && metric().weight(ranking) > 0;

      assertThat(value(perfect)).isCloseTo(counts ? 1 : 0, close());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  default void paddingHasNoInfluence(long seed) {
    RandomScoredLists lists = new RandomScoredLists(seed);
    Random random = new Random(seed);
    for (int i = 0; i < LISTS; i++) {
      ScoredList list = lists.plain(topics(), 4);
      int size = list.size();
      int padded = size + 1 + random.nextInt(3);
      double[] labels = Arrays.copyOf(list.labels(), padded * topics());
      Arrays.fill(labels, size * topics(), labels.length, -1);
      double[] scores = Arrays.copyOf(list.scores(), padded);
      Arrays.fill(scores, size, padded, random.nextBoolean() ? Double.NaN : 1e9);

      ScoredList with =
          new ScoredList(labels, scores, new double[0], new boolean[0], topics(), list.id());

      assertThat(value(with)).isEqualTo(value(list));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  default void theOrderOfItemsHasNoInfluenceWithoutTies(long seed) {
    RandomScoredLists lists = new RandomScoredLists(seed);
    for (int i = 0; i < LISTS; i++) {
      ScoredList list = lists.plain(1, 4);
      int size = list.size();
      double[] labels = new double[size];
      double[] scores = new double[size];
      for (int j = 0; j < size; j++) {
        labels[j] = list.labels()[size - 1 - j];
        scores[j] = list.scores()[size - 1 - j];
      }

      assertThat(value(ScoredList.of(labels, scores))).isCloseTo(value(list), close());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  default void tiesRankAsGiven(long seed) {
    RandomScoredLists lists = new RandomScoredLists(seed);
    for (int i = 0; i < LISTS && !ignoresTieOrder(); i++) {
      double[] labels = lists.plain(1, 4).labels();
      double[] tied = new double[labels.length];
      double[] descending = new double[labels.length];
      Arrays.setAll(descending, j -> -j);

      assertThat(value(ScoredList.of(labels, tied)))
          .isEqualTo(value(ScoredList.of(labels, descending)));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  default void mergingPartitionsInAnyGroupingGivesTheMeanOfAll(long seed) {
    RandomScoredLists lists = new RandomScoredLists(seed);
    Random random = new Random(seed);
    List<Evaluator> partitions = new ArrayList<>();
    for (int p = 0; p < 1 + random.nextInt(9); p++) {
      partitions.add(new Evaluator(List.of(metric())));
    }
    Evaluator whole = new Evaluator(List.of(metric()));
    for (int i = 0; i < LISTS; i++) {
      ScoredList list = list(lists);
      whole.add(list);
      partitions.get(random.nextInt(partitions.size())).add(list);
    }

    List<Evaluation> parts = new ArrayList<>();
    partitions.forEach(partition -> parts.add(partition.evaluation()));
    while (parts.size() > 1) {
      Collections.shuffle(parts, random);
      parts.add(parts.remove(0).merge(parts.remove(0)));
    }

    MetricMean merged = parts.get(0).mean(metric().name());
    MetricMean all = whole.evaluation().mean(metric().name());
    for (EmptyLists empties : EmptyLists.values()) {
      assertThat(merged.value(empties).orElse(-1))
          .isCloseTo(all.value(empties).orElse(-1), within(MERGED));
    }
    assertThat(merged.lists()).isEqualTo(all.lists());
    assertThat(merged.emptyLists()).isEqualTo(all.emptyLists());
    assertThat(merged.weightlessLists()).isEqualTo(all.weightlessLists());
  }

  @Test
  default void aScratchPadForgetsTheListBefore() {
    RandomScoredLists lists = new RandomScoredLists(11);
    Ranking reused = new Ranking();
    for (int i = 0; i < LISTS; i++) {
      ScoredList list = list(lists);

      assertThat(metric().value(reused.rank(list, metric()))).isEqualTo(value(list));
    }
  }

  @Test
  default void argumentsAreLeftAlone() {
    double[] labels = new double[6 * topics()];
    Arrays.setAll(labels, i -> i % 3);
    double[] scores = {0.1, 0.5, 0.5, -1, 3, 2};
    double[] weights = {2};
    ScoredList list = new ScoredList(labels, scores, weights, new boolean[0], topics(), 0);
    double[] labelsBefore = labels.clone();
    double[] scoresBefore = scores.clone();

    value(list);

    assertThat(labels).isEqualTo(labelsBefore);
    assertThat(scores).isEqualTo(scoresBefore);
    assertThat(weights).containsExactly(2);
  }

  @Test
  default void itsNameReadsBack() {
    assertThat(RankingMetric.parse(metric().name())).isEqualTo(metric());
  }

  @Test
  default void travelsAsAnEqualRecord() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(metric());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(metric());
    }
    assertThat(metric().getClass().isRecord()).isTrue();
  }
}
