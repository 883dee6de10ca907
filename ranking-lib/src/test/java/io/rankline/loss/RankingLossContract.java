package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rankline.loss.form.RankingLoss;
import io.rankline.testing.Tolerances;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link RankingLoss} promises. */
interface RankingLossContract {

  /** Step of a central difference: its square is below the tolerance, rounding stays above it. */
  double STEP = 1e-5;

  /** A central difference against a gradient, relative to the largest entry or 1. */
  double FINITE_DIFFERENCE = 2e-6;

  double EXTREME = 1e4;

  /** The loss under test. Draws of a loss that samples are seeded. */
  RankingLoss loss();

  /** False where parts are frozen for the gradient, so that differences of the loss show more. */
  default boolean differencesShowTheGradient() {
    return true;
  }

  /** False where the position of an item decides what is drawn for it. */
  default boolean treatsPositionsAlike() {
    return ListPass.samples(loss()) == 1;
  }

  /** Brings a random score into the range that the loss reads. */
  default double score(double random) {
    return random;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  default void gradientMatchesFiniteDifferences(long seed) {
    assumeTrue(differencesShowTheGradient());
    RandomLists lists = lists(seed);
    LossObjective objective = LossObjective.of(loss());
    LossWorkspace workspace = new LossWorkspace();
    double[] gradient = new double[lists.scores.length];

    objective.evaluate(lists.batch(), workspace, gradient);

    double scale = Math.max(1, Arrays.stream(gradient).map(Math::abs).max().orElse(0));
    for (int k = 0; k < lists.scores.length; k++) {
      double score = lists.scores[k];
      lists.scores[k] = score + STEP;
      double above = objective.evaluate(lists.batch(), workspace).value();
      lists.scores[k] = score - STEP;
      double below = objective.evaluate(lists.batch(), workspace).value();
      lists.scores[k] = score;
      assertThat(gradient[k])
          .as(loss() + ", score " + k)
          .isCloseTo((above - below) / (2 * STEP), within(FINITE_DIFFERENCE * scale));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  default void gradientIsExactlyZeroWhereAnItemIsInvalid(long seed) {
    RandomLists lists = lists(seed);
    double[] gradient = new double[lists.scores.length];
    Arrays.fill(gradient, Double.NaN);

    LossObjective.of(loss()).evaluate(lists.batch(), new LossWorkspace(), gradient);

    for (int at = 0; at < lists.labels.length; at++) {
      for (int k = 0; k < lists.outputs; k++) {
        double slope = gradient[at * lists.outputs + k];
        if (lists.isValid(at)) {
          assertThat(slope).isFinite();
        } else {
          assertThat(slope).isZero();
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  default void scoresAndWeightsOfInvalidItemsHaveNoInfluence(long seed) {
    RandomLists lists = lists(seed);
    double[] expected = sumGradient(lists.batch());

    for (int at = 0; at < lists.labels.length; at++) {
      if (!lists.isValid(at)) {
        lists.weights[at] = Double.NaN;
        Arrays.fill(lists.scores, at * lists.outputs, (at + 1) * lists.outputs, Double.NaN);
      }
    }

    assertThat(sumGradient(lists.batch())).isEqualTo(expected);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  default void extremeScoresGiveFiniteValues(long seed) {
    RandomLists lists = lists(seed);
    for (int k = 0; k < lists.scores.length; k++) {
      lists.scores[k] =
          score(EXTREME * Math.max(-1, Math.min(1, Math.rint(lists.scores[k] * 4) / 4)));
    }

    assertFinite(lists);
  }

  @ParameterizedTest(name = "{0} valid items")
  @ValueSource(ints = {0, 1, 2, 8})
  default void equalScoresAndEqualLabelsGiveFiniteValues(int size) {
    for (int label = 0; label < 3; label++) {
      RandomLists lists = lists(size);
      Arrays.fill(lists.scores, score(0.25));
      Arrays.fill(lists.labels, label);
      for (int at = 0; at < lists.labels.length; at++) {
        lists.mask[at] = at % RandomLists.LENGTH < size;
      }

      assertFinite(lists);
    }
  }

  @Test
  default void allPaddingGivesNoGradient() {
    RandomLists lists = lists(1);
    Arrays.fill(lists.mask, false);

    double[] gradient = sumGradient(lists.batch());

    assertThat(gradient).containsOnly(0);
    for (Reduction reduction : Reduction.values()) {
      assertThat(
              LossObjective.of(loss())
                  .withReduction(reduction)
                  .evaluate(lists.batch(), new LossWorkspace())
                  .value())
          .isZero();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  default void permutingItemsPermutesTheGradient(long seed) {
    assumeTrue(treatsPositionsAlike());
    RandomLists lists = lists(seed).withDifferentLabels();
    int[] to = {3, 0, 7, 1, 6, 2, 5, 4};
    double[] expected = sumGradient(lists.batch());

    double[] moved = sumGradient(lists.permuted(to).batch());

    double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
    int outputs = lists.outputs;
    for (int at = 0; at < lists.labels.length; at++) {
      int target = at - at % RandomLists.LENGTH + to[at % RandomLists.LENGTH];
      for (int k = 0; k < outputs; k++) {
        assertThat(moved[target * outputs + k])
            .isCloseTo(expected[at * outputs + k], within(Tolerances.DOUBLE_SUM * scale));
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  default void resultDoesNotDependOnTheBatchAroundAList(long seed) {
    RandomLists lists = lists(seed);
    double[] together = sumGradient(lists.batch());
    int stride = RandomLists.LENGTH * lists.outputs;

    for (int b = 0; b < RandomLists.LISTS; b++) {
      assertThat(sumGradient(lists.only(b)))
          .isEqualTo(Arrays.copyOfRange(together, b * stride, (b + 1) * stride));
    }
  }

  @Test
  default void argumentsAreLeftAlone() {
    RandomLists lists = lists(3);
    RandomLists same = lists(3);

    sumGradient(lists.batch());

    assertThat(lists.labels).isEqualTo(same.labels);
    assertThat(lists.scores).isEqualTo(same.scores);
    assertThat(lists.weights).isEqualTo(same.weights);
    assertThat(lists.positions).isEqualTo(same.positions);
  }

  @Test
  default void floatGradientIsTheDoubleOneRounded() {
    RandomLists lists = lists(4);
    LossObjective objective = LossObjective.of(loss());
    double[] exact = new double[lists.scores.length];
    float[] rounded = new float[lists.scores.length + 2];

    objective.evaluate(lists.batch(), new LossWorkspace(), exact);
    objective.evaluate(lists.batch(), new LossWorkspace(), rounded, 2);

    for (int k = 0; k < exact.length; k++) {
      assertThat(rounded[k + 2]).isEqualTo((float) exact[k]);
    }
  }

  @Test
  default void perListValuesAddUpToTheSum() {
    RankingLoss loss = loss();
    assumeTrue(
        loss.temperatureUse().divisor(loss.temperature(), true)
            == loss.temperatureUse().divisor(loss.temperature(), false));
    RandomLists lists = lists(5);
    LossWorkspace workspace = new LossWorkspace();
    LossObjective objective = LossObjective.of(loss()).withReduction(Reduction.SUM);

    PerListLosses perList = objective.perList(lists.batch(), workspace);

    double sum = 0;
    for (int b = 0; b < RandomLists.LISTS; b++) {
      sum += perList.losses()[b] * perList.weights()[b];
    }
    int rows = ListPass.samples(loss());
    assertThat(sum * rows)
        .isCloseTo(
            objective.evaluate(lists.batch(), workspace).value(),
            within(1e3 * Tolerances.DOUBLE_SUM));
  }

  @Test
  default void rejectsScoresThatAreNoNumbers() {
    RandomLists lists = lists(1).withDifferentLabels();
    lists.scores[2 * RandomLists.LENGTH * lists.outputs] = Double.NaN;

    assertThatThrownBy(() -> sumGradient(lists.batch()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("score of list 2, item 0 must be finite, got NaN");
  }

  @Test
  default void survivesSerialization() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(LossObjective.of(loss()));
    }

    Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(read).isEqualTo(LossObjective.of(loss()));
  }

  private RandomLists lists(long seed) {
    RandomLists lists = new RandomLists(seed, loss().outputs());
    for (int k = 0; k < lists.scores.length; k++) {
      lists.scores[k] = score(lists.scores[k]);
    }
    return lists;
  }

  private double[] sumGradient(LossBatch batch) {
    double[] gradient = new double[batch.lists() * batch.listSize() * batch.outputs()];
    LossObjective.of(loss())
        .withReduction(Reduction.SUM)
        .evaluate(batch, new LossWorkspace(), gradient);
    return gradient;
  }

  private void assertFinite(RandomLists lists) {
    for (Reduction reduction : Reduction.values()) {
      double[] gradient = new double[lists.scores.length];
      double value =
          LossObjective.of(loss())
              .withReduction(reduction)
              .evaluate(lists.batch(), new LossWorkspace(), gradient)
              .value();
      assertThat(value).isFinite();
      assertThat(Arrays.stream(gradient).allMatch(Double::isFinite)).isTrue();
    }
  }
}
