package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.loss.LossObjective;
import io.rankline.model.graph.ModelGraph;
import io.rankline.model.graph.Node;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.layer.GraphTrips;
import io.rankline.model.optimizer.GradientClipping;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.model.scorer.UnivariateScorer;
import io.rankline.testing.Tolerances;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

class ModelBuilderTest {

  private static final String MASK = "__list_mask__";

  @ParameterizedTest(name = "{0}")
  @EnumSource(WorkspaceMode.class)
  void trainingLowersTheLoss(WorkspaceMode mode) {
    ModelLists lists = new ModelLists(1, 2, 4, "relevance");
    ListBatch batch = lists.batch(32, 12, 12);
    RankingModel model =
        dnn(lists)
            .build(
                TrainingSettings.builder()
                    .workspaceMode(mode)
                    .optimizer(Optimizer.of("adam").withLearningRate(0.01))
                    .build());

    double first = model.fit(batch);
    double last = first;
    for (int step = 0; step < 60; step++) {
      last = model.fit(batch);
    }

    assertThat(last).isLessThan(0.8 * first);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void equalSeedsGiveEqualBitsAfterTwentySteps(long seed) {
    assertThat(parametersAfterTwentySteps(seed)).isEqualTo(parametersAfterTwentySteps(seed));
    assertThat(parametersAfterTwentySteps(seed)).isNotEqualTo(parametersAfterTwentySteps(seed + 1));
  }

  @Test
  void paddingChangesNeitherScoresNorSteps() {
    ModelLists lists = new ModelLists(5, 1, 3, "relevance");
    List<RankingList> some = lists.lists(6, 9);
    ListBatch tight = new ListBatcher(ListSize.ALL).batch(some);
    ListBatch padded = new ListBatcher(new ListSize(40)).batch(some);
    RankingModel left = dnn(lists).build();
    RankingModel right = dnn(lists).build();

    for (int step = 0; step < 3; step++) {
      assertThat(left.fit(tight))
          .isCloseTo(right.fit(padded), within(Tolerances.FLOAT32_ROUNDING * 10));
    }

    assertThat(left.graph().params()).isEqualTo(right.graph().params());
    float[] tightScores = left.score(tight);
    float[] paddedScores = right.score(padded);
    for (int b = 0; b < 6; b++) {
      for (int i = 0; i < 40; i++) {
        float expected =
            i < some.get(b).size()
                ? tightScores[b * tight.listSize() + i]
                : (float) ListBatch.PADDING_SCORE;
        assertThat(paddedScores[b * 40 + i]).isEqualTo(expected);
      }
    }
  }

  @Test
  void aBatchOfNothingButPaddingIsScoredAndIsNoStep() {
    ModelLists lists = new ModelLists(5, 1, 3, "relevance");
    ListBatch empty = new ListBatcher(new ListSize(4)).batch(List.of(lists.list(0), lists.list(0)));
    RankingModel model = dnn(lists).build();
    INDArray before = model.graph().params().dup();

    assertThat(model.fit(empty)).isZero();
    assertThat(model.graph().params()).isEqualTo(before);
    float[] padding = new float[8];
    Arrays.fill(padding, (float) ListBatch.PADDING_SCORE);
    assertThat(model.score(empty)).isEqualTo(padding);
  }

  @Test
  void anEmptyListAmongOthersIsPadding() {
    ModelLists lists = new ModelLists(5, 1, 3, "relevance");
    ListBatch batch = new ListBatcher(new ListSize(2)).batch(List.of(lists.list(0), lists.list(2)));
    RankingModel model = dnn(lists).build();

    model.fit(batch);

    assertThat(model.score(batch)[0]).isEqualTo((float) ListBatch.PADDING_SCORE);
    assertThat(model.score(batch)[2]).isNotEqualTo((float) ListBatch.PADDING_SCORE);
  }

  @Test
  void tasksHaveScoresAndLossesOfTheirOwn() {
    ModelLists lists = new ModelLists(9, 0, 4, "click", "rating");
    ListBatch batch = lists.batch(24, 10, 10);
    ModelBuilder builder = builder(lists, tower().tasks("click", "rating").build());
    RankingModel model =
        builder.build(
            TrainingSettings.builder()
                .loss("click", new TaskLoss(LossObjective.parse("softmax_loss"), 0.3, null))
                .loss("rating", new TaskLoss(LossObjective.parse("approx_ndcg_loss"), 0.7, null))
                .build());

    double before = model.fit(batch);
    for (int step = 0; step < 50; step++) {
      model.fit(batch);
    }

    assertThat(model.fit(batch)).isLessThan(before);
    SortedMap<String, float[]> scores = model.scores(batch);
    assertThat(scores.keySet()).containsExactly("click", "rating");
    assertThat(scores.get("click")).isNotEqualTo(scores.get("rating"));
    assertThatThrownBy(() -> model.score(batch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the model has scores for each of [click, rating]; ask for them by task");
  }

  @Test
  void taskWeightsScaleTheirLosses() {
    ModelLists lists = new ModelLists(9, 0, 4, "click", "rating");
    ListBatch batch = lists.batch(24, 10, 10);
    ModelBuilder builder = builder(lists, tower().dropout(0).tasks("click", "rating").build());

    double click = lossAtStart(builder, batch, 1, 0);
    double rating = lossAtStart(builder, batch, 0, 1);

    assertThat(lossAtStart(builder, batch, 0.3, 0.7))
        .isCloseTo(0.3 * click + 0.7 * rating, within(1e-5));
  }

  @Test
  void oneLossHoldsForEveryTask() {
    ModelLists lists = new ModelLists(9, 0, 4, "click", "rating");
    ModelBuilder builder = builder(lists, tower().tasks("click", "rating").build());

    assertThat(builder.build().tasks().keySet()).containsExactly("click", "rating");
  }

  @Test
  void lossesForTasksThatAreNotThereAreRefused() {
    ModelLists lists = new ModelLists(9, 0, 4, "click", "rating");
    TrainingSettings settings =
        TrainingSettings.builder()
            .loss("click", TaskLoss.of(LossObjective.parse("softmax_loss")))
            .loss("price", TaskLoss.of(LossObjective.parse("softmax_loss")))
            .build();
    ModelBuilder builder = builder(lists, tower().tasks("click", "rating").build());

    assertThatThrownBy(() -> builder.build(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a loss is given for task 'price', but the model has the tasks [click, rating]");
  }

  @Test
  void aLabelThatTheBatchLacksIsNamed() {
    ModelLists lists = new ModelLists(9, 0, 4, "click", "rating");
    RankingModel model =
        dnn(lists)
            .build(
                TrainingSettings.builder()
                    .loss(
                        Scorer.SINGLE_TASK,
                        new TaskLoss(LossObjective.parse("softmax_loss"), 1, "price"))
                    .build());
    ListBatch batch = lists.batch(2, 3, 3);

    assertThatThrownBy(() -> model.fit(batch))
        .hasMessage("task 'score' needs the label 'price'; the batch has [click, rating]");
  }

  @Test
  void aLossThatNeedsOtherScoresThanThereAreIsRefused() {
    ModelLists lists = new ModelLists(9, 0, 4, "click");
    TrainingSettings settings = TrainingSettings.builder().loss("click_em_loss").build();

    assertThatThrownBy(() -> dnn(lists).build(settings))
        .hasMessage(
            "task 'score': click_em_loss needs 2 scores for each item, the scorer gives 1 for each"
                + " of ITEMS");
  }

  @Test
  void aLossOfTwoScoresTrainsAModelOfTwoUnits() {
    ModelLists lists = new ModelLists(9, 0, 4, "click");
    ListBatch batch = lists.batch(8, 5, 5);
    RankingModel model =
        builder(lists, tower().outputUnits(2).build())
            .build(TrainingSettings.builder().loss("click_em_loss").build());

    model.fit(batch);

    assertThat(model.score(batch)).hasSize(8 * 5 * 2);
  }

  @Test
  void aScorerOfYourOwnIsAFewLines() {
    ModelLists lists = new ModelLists(3, 1, 2, "relevance");
    UnivariateScorer linear =
        new UnivariateScorer() {
          private static final long serialVersionUID = 1;

          @Override
          protected SortedMap<String, Node> scoreFlattened(ModelGraph graph, Node rows) {
            DenseLayer layer =
                new DenseLayer.Builder()
                    .nIn(rows.width())
                    .nOut(1)
                    .activation(Activation.IDENTITY)
                    .build();
            SortedMap<String, Node> logits = new TreeMap<>();
            logits.put(SINGLE_TASK, graph.add("linear", layer, 1, rows));
            return logits;
          }
        };
    ListBatch batch = lists.batch(16, 6, 6);
    RankingModel model = builder(lists, linear).build();

    double first = model.fit(batch);
    for (int step = 0; step < 100; step++) {
      model.fit(batch);
    }

    assertThat(model.fit(batch)).isLessThan(first);
  }

  @Test
  void modelsSurviveFilesWithTheirUpdaterState() {
    ModelLists lists = new ModelLists(8, 2, 4, "relevance");
    ListBatch batch = lists.batch(8, 9, 9);
    RankingModel model = dnn(lists).build();
    model.fit(batch);

    ComputationGraph read = GraphTrips.throughBytes(model.graph());
    RankingModel second =
        new RankingModel(
            model.name(), read, model.encoder(), model.maskFeatureName(), model.tasks());
    model.fit(batch);
    second.fit(batch);

    assertThat(GraphTrips.throughJson(model.graph())).isEqualTo(model.graph().getConfiguration());
    assertThat(second.score(batch)).isEqualTo(model.score(batch));
    assertThat(second.graph().params()).isEqualTo(model.graph().params());
  }

  @Test
  void gradientsAreClippedWhereTheOptimizerSaysSo() {
    ModelLists lists = new ModelLists(8, 2, 4, "relevance");
    ListBatch batch = lists.batch(8, 9, 9);
    Optimizer sgd = Optimizer.of("sgd").withLearningRate(1);
    RankingModel clipped =
        dnn(lists)
            .build(
                TrainingSettings.builder()
                    .optimizer(sgd.withClipping(GradientClipping.byGlobalNorm(1e-3)))
                    .build());
    INDArray before = clipped.graph().getLayer("hidden_1").getParam("W").dup();

    clipped.fit(batch);

    double moved =
        clipped.graph().getLayer("hidden_1").getParam("W").sub(before).norm2Number().doubleValue();
    assertThat(moved).isBetween(1e-6, 1.001e-3);
  }

  @Test
  void penaltiesOnWeightsArePartOfTheLoss() {
    ModelLists lists = new ModelLists(8, 2, 4, "relevance");
    ListBatch batch = lists.batch(8, 9, 9);
    ModelBuilder builder = builder(lists, tower().dropout(0).build());
    RankingModel plain = builder.build();
    RankingModel penalised = builder.build(TrainingSettings.builder().l1(0.01).l2(0.1).build());
    double expected = plain.fit(batch);
    for (var parameter : penalised.graph().paramTable().entrySet()) {
      if (parameter.getKey().endsWith("_W")) {
        double norm = parameter.getValue().norm2Number().doubleValue();
        expected += 0.01 * parameter.getValue().norm1Number().doubleValue() + 0.1 * norm * norm;
      }
    }

    assertThat(penalised.fit(batch)).isCloseTo(expected, within(1e-4));
    assertThat(penalised.graph().params()).isNotEqualTo(plain.graph().params());
  }

  @Test
  void hyperparametersOutOfRangeAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                DNNScorer.builder()
                    .hiddenLayerDims(16, -1)
                    .outputUnits(0)
                    .dropout(1)
                    .batchNormMoment(1)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "hidden_layer_dims must be 1 or more, got [16, -1]; output_units must be 1 or more, got"
                + " 0; batch_norm_moment must be in (0, 1), got 1.0; dropout must be in [0, 1), got"
                + " 1.0");
    assertThatThrownBy(() -> DNNScorer.builder().build())
        .hasMessage("hidden_layer_dims must have at least one layer, got none");
  }

  @Test
  void noiseOnFeaturesIsForTrainingAlone() {
    ModelLists lists = new ModelLists(5, 0, 4, "relevance");
    ListBatch batch = lists.batch(8, 5, 5);
    RankingModel plain = withNoise(lists, 0);
    RankingModel noisy = withNoise(lists, 0.5);
    RankingModel again = withNoise(lists, 0.5);
    assertThat(noisy.score(batch)).isEqualTo(plain.score(batch));
    List<RankingList> list = List.of(lists.list(5));
    assertThat(noisy.scorer().scores(list).get(0).get(Scorer.SINGLE_TASK))
        .isEqualTo(plain.scorer().scores(list).get(0).get(Scorer.SINGLE_TASK));

    double loss = plain.fit(batch);
    assertThat(noisy.fit(batch)).isNotEqualTo(loss).isEqualTo(again.fit(batch));

    assertThat(noisy.graph().params())
        .isEqualTo(again.graph().params())
        .isNotEqualTo(plain.graph().params());
  }

  private static RankingModel withNoise(ModelLists lists, double stddev) {
    return new ModelBuilder(
            lists.inputCreator(),
            PreprocessorWithSpec.builder().build(),
            DNNScorer.builder().hiddenLayerDims(8).dropout(0).inputNoiseStddev(stddev).build(),
            MASK,
            "noisy")
        .build(TrainingSettings.builder().loss("softmax_loss").build());
  }

  private static double lossAtStart(
      ModelBuilder builder, ListBatch batch, double click, double rating) {
    LossObjective softmax = LossObjective.parse("softmax_loss");
    return builder
        .build(
            TrainingSettings.builder()
                .loss("click", new TaskLoss(softmax, click, null))
                .loss("rating", new TaskLoss(softmax, rating, null))
                .build())
        .fit(batch);
  }

  private static INDArray parametersAfterTwentySteps(long seed) {
    ModelLists lists = new ModelLists(4, 2, 5, "relevance");
    RankingModel model = dnn(lists).build(TrainingSettings.builder().seed(seed).build());
    for (int step = 0; step < 20; step++) {
      model.fit(lists.batch(16, 20, 20));
    }
    return model.graph().params().dup();
  }

  private static DNNScorer.Builder tower() {
    return DNNScorer.builder().hiddenLayerDims(16, 8).dropout(0.1).batchNormMoment(0.9);
  }

  private static ModelBuilder dnn(ModelLists lists) {
    return builder(lists, tower().build());
  }

  private static ModelBuilder builder(ModelLists lists, Scorer scorer) {
    return new ModelBuilder(
        lists.inputCreator(), PreprocessorWithSpec.builder().build(), scorer, MASK, "test_model");
  }
}
