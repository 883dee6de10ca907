package io.rankline.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rankline.data.Gain;
import io.rankline.data.ListBatch;
import io.rankline.data.ListLayout;
import io.rankline.data.RankDiscount;
import io.rankline.data.RankingList;
import io.rankline.data.WeightLayout;
import io.rankline.metric.evaluation.Evaluator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoredListTest {

  private static final double[] LABELS = {0, 1, 2};
  private static final double[] SCORES = {3, 2, 1};

  @Test
  void rejectsScoresOfAnotherShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoredList.of(LABELS, new double[2]))
        .withMessage("labels must have the shape of scores, [2], got [3]");
  }

  @Test
  void rejectsWeightsOfAnotherShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoredList.of(LABELS, SCORES).withWeights(1, 2))
        .withMessage("weights must have shape [3], [1] or [0], got [2]");
  }

  @Test
  void rejectsAMaskOfAnotherShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoredList.of(LABELS, SCORES).withMask(true))
        .withMessage("mask must have shape [3] or [0], got [1]");
  }

  @Test
  void rejectsRaggedTopics() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoredList.ofTopics(new double[][] {{1, 0}, {1}}, new double[2]))
        .withMessage("labels of item 1 must have 2 topics, got 1");
  }

  @Test
  void rejectsNegativeWeights() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoredList.of(LABELS, SCORES).withWeights(1, -0.5, 1))
        .withMessage("weights must be 0 or more and finite, got -0.5 at item 1");
  }

  @Test
  void rejectsNotANumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoredList.of(LABELS, new double[] {1, 2, Double.NaN}))
        .withMessage("scores must be numbers, got NaN at item 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoredList.of(new double[] {Double.NaN, 1, 1}, SCORES))
        .withMessage("labels must be finite, got NaN at item 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoredList.of(LABELS, SCORES).withWeights(1, 1, Double.NaN))
        .withMessage("weights must be 0 or more and finite, got NaN at item 2");
  }

  @Test
  void rejectsTopicsForAMetricOfOneLabel() {
    ScoredList topics = ScoredList.ofTopics(new double[][] {{1, 0}, {0, 1}}, new double[2]);
    String message =
        "ndcg takes one label an item, got 2 topics; alpha_dcg and precision_ia take topics";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ranking().rank(topics, MetricKey.NDCG.withDefaults()))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Evaluator(List.of(MetricKey.NDCG.withDefaults())).add(topics))
        .withMessage(message);
  }

  @Test
  void rejectsItemWeightsForPwa() {
    Evaluator evaluator = new Evaluator(List.of(new PwaMetric()));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> evaluator.add(ScoredList.of(LABELS, SCORES).withWeights(1, 2, 3)))
        .withMessage(
            "pwa takes one weight a list, got weights that differ between the items of a list");
  }

  @Test
  void rejectsLabelsWhoseGainOverflows() {
    Evaluator evaluator = new Evaluator(List.of(new NdcgMetric(5)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> evaluator.add(ScoredList.of(new double[] {2000}, new double[] {1})))
        .withMessage(
            "gain must be finite, got Infinity of label 2000.0; labels this large want another"
                + " gain, such as gain=identity");
  }

  @Test
  void infiniteScoresRankAtTheEnds() {
    ScoredList list =
        ScoredList.of(LABELS, new double[] {0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY});

    assertThat(new Evaluator(List.of(new MrrMetric(1))))
        .satisfies(
            evaluator -> {
              evaluator.add(list);
              assertThat(evaluator.evaluation().value("mrr@1")).hasValue(1);
            });
  }

  @Test
  void aMaskLetsNegativeLabelsCount() {
    // With the label as gain and 1 / rank as discount; the gains sum to 0, so nothing divides.
    ScoredList list = ScoredList.of(new double[] {-1, 1}, new double[] {2, 1}).withMask(true, true);
    DcgMetric dcg = new DcgMetric(2, Gain.IDENTITY, RankDiscount.RECIPROCAL);

    double value = dcg.value(new Ranking().rank(list, dcg));

    assertThat(value).isEqualTo(-1.0 / 1 + 1.0 / 2);
  }

  @Test
  void arraysOfAModelAreWidened() {
    assertThat(ScoredList.of(new float[] {1, 0}, new float[] {0.5f, 2}).scores())
        .containsExactly(0.5, 2);
  }

  private static ListLayout layout(WeightLayout weights) {
    return new ListLayout(
        List.of(), List.of(), List.of(), List.of(), List.of("clicks", "buys"), weights);
  }

  private static ListBatch batch(WeightLayout layout, float... weights) {
    return new ListBatch(
        layout(layout),
        2,
        2,
        new float[0],
        new float[0],
        new boolean[] {true, true, true, false},
        new int[] {2, 1},
        new float[] {1, 0, 2, -1, 0, 1, 3, -1},
        weights,
        List.of(),
        List.of());
  }

  @Test
  void aListOfABatchHasItsLabelsScoresAndWeights() {
    float[] scores = {0.5f, 1, 2, 0};

    ScoredList perItem = ScoredList.of(batch(WeightLayout.PER_ITEM, 1, 2, 3, 0), 1, 1, scores);
    ScoredList perList = ScoredList.of(batch(WeightLayout.PER_LIST, 4, 5), 1, 0, scores);
    ScoredList without = ScoredList.of(batch(WeightLayout.NONE), 0, 1, scores);

    assertThat(perItem.labels()).containsExactly(3, -1);
    assertThat(perItem.scores()).containsExactly(2, 0);
    assertThat(perItem.weights()).containsExactly(3, 0);
    assertThat(perList.labels()).containsExactly(2, -1);
    assertThat(perList.weights()).containsExactly(5);
    assertThat(without.labels()).containsExactly(0, 1);
    assertThat(without.weights()).isEmpty();
  }

  @Test
  void scoresOfABatchHaveItsShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScoredList.of(batch(WeightLayout.NONE), 0, 0, new float[3]))
        .withMessage("scores must have shape [2, 2], got 3 values");
  }

  @Test
  void aListAsItWasReadHasItsLabelsScoresAndWeights() {
    RankingList read =
        new RankingList(
            layout(WeightLayout.PER_LIST),
            2,
            2,
            new float[0],
            new float[0],
            new float[] {1, 0, 0, 4},
            new float[] {0.5f},
            List.of(),
            List.of());

    ScoredList list = ScoredList.of(read, 1, new float[] {7, 8});

    assertThat(list.labels()).containsExactly(0, 4);
    assertThat(list.scores()).containsExactly(7, 8);
    assertThat(list.weights()).containsExactly(0.5);
  }
}
