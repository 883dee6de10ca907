package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListBatch;
import io.rankline.feature.FixedLenFeature;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.layer.GraphTrips;
import io.rankline.model.scorer.DasalcScorer;
import io.rankline.model.scorer.DocumentInteractionAttention;
import io.rankline.model.scorer.DocumentInteractionScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.model.scorer.TransformerScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What every scorer promises that looks at a list as a whole. */
class ListwiseScorersTest {

  /** Features of the models of this test. */
  private static final int FEATURES = 3;

  /** Sums in another order, through some dozen layers of floats. */
  private static final double FLOAT_LAYERS = 2e-5;

  private static final double STEP = 1e-6;

  /** In which the gradient of all parameters together is checked. */
  private static final int DIRECTIONS = 4;

  /** Rounding errors of losses around 1, over twice the step. */
  private static final double FINITE_DIFFERENCE = 1e-7;

  private static final float PADDING = (float) ListBatch.PADDING_SCORE;

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("scorersAndSeeds")
  void permutingItemsPermutesScores(String name, long seed, Scorer scorer) {
    SplittableRandom random = new SplittableRandom(seed);
    Lists lists = Lists.random(random);
    ComputationGraph graph = trained(scorer, random);
    int[][] order = lists.permutation(random);

    float[][] scores = lists.scores(graph);
    float[][] permuted = lists.permuted(order).scores(graph);

    for (int b = 0; b < order.length; b++) {
      for (int i = 0; i < order[b].length; i++) {
        assertThat((double) permuted[b][i])
            .as("list %d, item %d", b, i)
            .isCloseTo(scores[b][order[b][i]], within(FLOAT_LAYERS));
      }
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("scorersAndSeeds")
  void paddingHasNoInfluence(String name, long seed, Scorer scorer) {
    SplittableRandom random = new SplittableRandom(seed);
    Lists lists = Lists.random(random);
    ComputationGraph graph = trained(scorer, random);

    float[][] scores = lists.scores(graph);
    float[][] padded = lists.padded(lists.listSize() + 3, 1e30f).scores(graph);

    for (int b = 0; b < scores.length; b++) {
      for (int i = 0; i < padded[b].length; i++) {
        float expected = i < lists.sizes()[b] ? scores[b][i] : PADDING;
        assertThat(padded[b][i]).as("list %d, item %d", b, i).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("scorersAndSeeds")
  void otherListsHaveNoInfluence(String name, long seed, Scorer scorer) {
    SplittableRandom random = new SplittableRandom(seed);
    Lists lists = Lists.random(random);
    ComputationGraph graph = trained(scorer, random);

    float[][] together = lists.scores(graph);

    for (int b = 0; b < together.length; b++) {
      if (lists.sizes()[b] > 0) {
        float[] alone = lists.only(b).scores(graph)[0];
        for (int i = 0; i < alone.length; i++) {
          assertThat((double) alone[i])
              .as("list %d, item %d", b, i)
              .isCloseTo(together[b][i], within(FLOAT_LAYERS));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("scorersAndSeeds")
  void itemsOfAListDoInfluenceEachOther(String name, long seed, Scorer scorer) {
    SplittableRandom random = new SplittableRandom(seed);
    Lists lists = Lists.of(random, new int[] {4}, 4);
    ComputationGraph graph = trained(scorer, random);
    Lists changed = lists.with(0, 3, 2, 7f);

    float[][] scores = lists.scores(graph);
    float[][] others = changed.scores(graph);

    assertThat(Math.abs(others[0][0] - scores[0][0])).isGreaterThan((float) FLOAT_LAYERS);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("scorersAndSeeds")
  void inferenceIsDeterministicAndSurvivesFiles(String name, long seed, Scorer scorer) {
    SplittableRandom random = new SplittableRandom(seed);
    Lists lists = Lists.random(random);
    ComputationGraph graph = trained(scorer, random);

    float[][] scores = lists.scores(graph);

    assertThat(lists.scores(graph)).isDeepEqualTo(scores);
    assertThat(lists.scores(GraphTrips.throughBytes(graph))).isDeepEqualTo(scores);
    assertThat(GraphTrips.throughJson(graph)).isEqualTo(graph.getConfiguration());
  }

  /**
   * Along random directions of all arrays together instead of along each parameter: one derivative
   * that is off by e shows in a direction unless others cancel it to within {@link
   * #FINITE_DIFFERENCE}, of which the chance is below 4 FINITE_DIFFERENCE / e.
   *
   * <p>DL4J's checker takes parameters by position in another order than it takes their names, so
   * it cannot leave out running statistics, which no gradient leads to; this one goes by name.
   */
  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("scorersAndModes")
  void gradientsOfTheWholeGraphHold(String name, WorkspaceMode mode, Scorer scorer) {
    TrainingSettings settings =
        TrainingSettings.builder().dataType(DataType.DOUBLE).workspaceMode(mode).build();
    ComputationGraph graph = model(scorer, settings).graph();
    Lists lists = Lists.of(new SplittableRandom(1), new int[] {3, 2}, 3);
    graph.setInputs(lists.features().castTo(DataType.DOUBLE), lists.mask().castTo(DataType.DOUBLE));
    graph.setLabels(Nd4j.createFromArray(new double[][] {{1, 0, 2}, {0, 1, -1}}));
    graph.computeGradientAndScore();
    List<Learned> all = Learned.of(graph);
    SplittableRandom random = new SplittableRandom(2);

    for (int direction = 0; direction < DIRECTIONS; direction++) {
      requireSlope(graph, all, random);
    }
  }

  /**
   * An array of parameters that is learned.
   *
   * @param values a view of all its elements, in the array's own order
   * @param before a copy of them
   * @param gradient in the same order
   */
  private record Learned(String name, INDArray values, INDArray before, INDArray gradient) {

    /** All of a graph whose gradient has been computed. */
    static List<Learned> of(ComputationGraph graph) {
      Map<String, INDArray> gradients = graph.gradient().gradientForVariable();
      List<Learned> all = new ArrayList<>();
      graph
          .paramTable()
          .forEach(
              (key, values) -> {
                if (!key.endsWith("_mean") && !key.endsWith("_var")) {
                  INDArray gradient = Objects.requireNonNull(gradients.get(key), key);
                  INDArray flat = flat(values);
                  all.add(
                      new Learned(key, flat, flat.dup(), flat(gradient.dup(values.ordering()))));
                }
              });
      return all;
    }
  }

  @Test
  void twoRunsOfTrainingAreTheSameBitForBit() {
    DasalcScorer scorer = DasalcScorer.builder().hiddenLayerDims(8).headSize(4).build();

    float[][] runs = new float[2][];
    for (int run = 0; run < runs.length; run++) {
      runs[run] = trained(scorer, new SplittableRandom(3)).params().toFloatVector();
    }

    assertThat(runs[0]).isEqualTo(runs[1]);
  }

  @Test
  void publishedHyperparametersAreTheDefaults() {
    Map<String, INDArray> dasalc = parameters(DasalcScorer.builder().build());
    Map<String, INDArray> transformer = parameters(TransformerScorer.builder().build());
    Map<String, INDArray> interaction = parameters(DocumentInteractionScorer.builder().build());

    assertThat(named(dasalc, "interaction_input_W").shape()).containsExactly(FEATURES, 100);
    assertThat(named(dasalc, "interaction_attention_4_projections_W").shape())
        .containsExactly(100, 3 * 2 * 100);
    assertThat(named(dasalc, "interaction_attention_4_output_W").shape()).containsExactly(200, 100);
    assertThat(dasalc).doesNotContainKey("interaction_attention_5_output_W");
    assertThat(named(dasalc, "hidden_2_W").shape()).containsExactly(512, 512);
    assertThat(named(dasalc, "hidden_W").shape()).containsExactly(512, 512);
    assertThat(named(dasalc, "context_W").shape()).containsExactly(100, 512);
    assertThat(named(transformer, "input_1_W").shape()).containsExactly(FEATURES, 144);
    assertThat(named(transformer, "encoder_block_4_attention_projections_W").shape())
        .containsExactly(144, 3 * 144);
    assertThat(named(transformer, "encoder_block_4_feed_forward_1_W").shape())
        .containsExactly(144, 512);
    assertThat(transformer).doesNotContainKey("encoder_block_5_feed_forward_1_W");
    assertThat(named(interaction, "hidden_1_W").shape()).containsExactly(FEATURES + 128, 64);
  }

  @Test
  void projectionsStartAsKerasStartsThem() {
    Map<String, INDArray> dasalc = parameters(DasalcScorer.builder().build());
    // Glorot on [100, 2, 100]: the first axis counts as a convolution's; on [2, 100, 100] too.
    double projection = Math.sqrt(6.0 / (100 * 2 + 100 * 100));
    double output = Math.sqrt(6.0 / (2 * 100 + 2 * 100));

    requireEven(named(dasalc, "interaction_attention_1_projections_W"), projection);
    requireEven(named(dasalc, "interaction_attention_1_output_W"), output);
    assertThat(named(dasalc, "interaction_attention_1_output_b").toFloatVector())
        .containsExactly(new float[100]);
  }

  @Test
  void allFaultsAreToldByName() {
    assertThatThrownBy(
            () ->
                DasalcScorer.builder()
                    .hiddenLayerDims()
                    .dropout(1)
                    .batchNormMoment(1)
                    .inputNoiseStddev(-1)
                    .numLayers(0)
                    .numHeads(-2)
                    .headSize(0)
                    .outputUnits(0)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "hidden_layer_dims must have at least one layer, got none; dropout must be in [0, 1),"
                + " got 1.0; batch_norm_moment must be in (0, 1), got 1.0; input_noise_stddev must"
                + " be 0 (none) or more and finite, got -1.0; num_layers must be 1 or more, got 0;"
                + " num_heads must be 1 or more, got -2; head_size must be 1 or more, got 0;"
                + " output_units must be 1 or more, got 0");
    assertThatThrownBy(
            () -> TransformerScorer.builder().inputLayerDims(64, 10).heads(4).blocks(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "blocks must be 1 or more, got 0; heads must divide the last of input_layer_dims,"
                + " [64, 10], got 4");
    assertThatThrownBy(() -> DocumentInteractionScorer.builder().hiddenLayerDims(8, 0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hidden_layer_dims must be 1 or more, got [8, 0]");
    assertThatThrownBy(() -> new DocumentInteractionAttention(0, 8, 1, 0.5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("num_heads must be 1 or more, got 0");
  }

  @Test
  void headsThatDoNotDivideTheFeaturesAreRefused() {
    TransformerScorer scorer = TransformerScorer.builder().inputLayerDims().heads(2).build();

    assertThatThrownBy(() -> model(scorer, TrainingSettings.builder().build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "heads must divide the width of 'rows', 3, got 2; choose a width with inputLayerDims");
  }

  static Stream<Arguments> scorersAndSeeds() {
    return scorers()
        .flatMap(
            scorer ->
                Stream.of(1L, 2L, 3L)
                    .map(seed -> Arguments.of(scorer.get()[0], seed, scorer.get()[1])));
  }

  static Stream<Arguments> scorersAndModes() {
    return scorers()
        .flatMap(
            scorer ->
                Stream.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)
                    .map(mode -> Arguments.of(scorer.get()[0], mode, scorer.get()[1])));
  }

  /** Small, but with everything that the large ones have. */
  private static Stream<Arguments> scorers() {
    return Stream.of(
        Arguments.of(
            "dasalc", DasalcScorer.builder().hiddenLayerDims(5).headSize(3).numLayers(2).build()),
        Arguments.of(
            "transformer",
            TransformerScorer.builder().inputLayerDims(4).feedForward(5).blocks(2).build()),
        Arguments.of(
            "interaction",
            DocumentInteractionScorer.builder()
                .interaction(new DocumentInteractionAttention(2, 3, 1, 0.3, 0))
                .hiddenLayerDims(5)
                .build()));
  }

  private static RankingModel model(Scorer scorer, TrainingSettings settings) {
    Map<String, FixedLenFeature> examples = new TreeMap<>();
    for (int i = 0; i < FEATURES; i++) {
      examples.put("f" + i, FixedLenFeature.float32(1));
    }
    return new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), examples),
            PreprocessorWithSpec.builder().build(),
            scorer,
            "mask",
            "listwise")
        .build(settings);
  }

  /** A graph after some steps, so that no parameter is what it started as. */
  private static ComputationGraph trained(Scorer scorer, SplittableRandom random) {
    ComputationGraph graph = model(scorer, TrainingSettings.builder().build()).graph();
    for (int step = 0; step < 5; step++) {
      Lists lists = Lists.of(random, new int[] {5, 3, 6, 1, 4}, 6);
      INDArray labels = Nd4j.valueArrayOf(new long[] {5, 6}, -1, DataType.FLOAT);
      for (int b = 0; b < 5; b++) {
        for (int i = 0; i < lists.sizes()[b]; i++) {
          labels.putScalar(b, i, random.nextInt(3));
        }
      }
      graph.fit(new INDArray[] {lists.features(), lists.mask()}, new INDArray[] {labels});
    }
    return graph;
  }

  private static void requireSlope(
      ComputationGraph graph, List<Learned> all, SplittableRandom random) {
    List<INDArray> steps = new ArrayList<>();
    double slope = 0;
    for (Learned array : all) {
      double[] direction = new double[(int) array.values().length()];
      for (int i = 0; i < direction.length; i++) {
        // Half to one, up or down: no parameter is left out.
        direction[i] = random.nextDouble(0.5, 1) * (random.nextBoolean() ? 1 : -1);
        slope += array.gradient().getDouble(i) * direction[i];
      }
      steps.add(Nd4j.createFromArray(direction).muli(STEP));
    }
    double above = scoreAt(graph, all, steps, 1);
    double below = scoreAt(graph, all, steps, -1);
    assertThat(slope)
        .as("slope along a direction of %s", all.stream().map(Learned::name).toList())
        .isCloseTo((above - below) / (2 * STEP), within(FINITE_DIFFERENCE));
  }

  private static double scoreAt(
      ComputationGraph graph, List<Learned> all, List<INDArray> steps, int sign) {
    for (int k = 0; k < steps.size(); k++) {
      Learned array = all.get(k);
      array.values().assign(array.before().add(steps.get(k).mul(sign)));
    }
    graph.computeGradientAndScore();
    all.forEach(array -> array.values().assign(array.before()));
    return graph.score();
  }

  /** A view of all elements, in the array's own order. */
  private static INDArray flat(INDArray array) {
    INDArray flat = array.reshape(array.ordering(), new long[] {array.length()});
    assertThat(flat.data().address()).isEqualTo(array.data().address());
    return flat;
  }

  private static Map<String, INDArray> parameters(Scorer scorer) {
    return model(scorer, TrainingSettings.builder().build()).graph().paramTable();
  }

  private static INDArray named(Map<String, INDArray> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  private static void requireEven(INDArray weights, double limit) {
    assertThat(weights.amaxNumber().doubleValue()).isBetween(0.99 * limit, limit);
    // The standard deviation of an even distribution on [-a, a].
    assertThat(weights.stdNumber().doubleValue())
        .isCloseTo(limit / Math.sqrt(3), within(0.02 * limit));
  }
}
