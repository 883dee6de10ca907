package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListBatch;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.scorer.DNNScorer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** One whole training step of a model, against the same step in plain double loops. */
class TrainingStepTest {

  private static final int LISTS = 9;
  private static final int FEATURES = 11;
  private static final int[] WIDTHS = {FEATURES, 24, 13, 1};
  private static final double MOMENTUM = 0.9;
  private static final double LEARNING_RATE = 0.01;

  /** What a float32 step may be off, relative to the largest value of an array. */
  private static final double FLOAT32_STEP = 1e-4;

  /** For arrays of which every value is 0. */
  private static final double NOTHING = 1e-7;

  @ParameterizedTest(name = "seed {0}, lists of {1} to {2} padded to {3}, {4}")
  @CsvSource({
    "1, 8, 8, 8, FLOAT",
    "2, 1, 12, 12, FLOAT",
    "3, 1, 12, 20, FLOAT",
    "4, 8, 8, 8, DOUBLE",
    "5, 1, 12, 20, DOUBLE"
  })
  void equalsTheStepWrittenOut(long seed, int least, int most, int listSize, DataType type) {
    int[] sizes = sizes(seed, least, most);
    ListBatch batch = batch(seed, sizes, listSize);
    RankingModel model = model(type);
    PlainTower oracle = new PlainTower(WIDTHS, LEARNING_RATE, name -> values(model, name));

    MultiDataSet data = model.trainingData(batch);
    model.graph().setInputs(data.getFeatures());
    model.graph().setLabels(data.getLabels());
    model.graph().computeGradientAndScore();
    Map<String, double[]> gradients = new TreeMap<>();
    model
        .graph()
        .gradient()
        .gradientForVariable()
        .forEach((name, gradient) -> gradients.put(name, rowByRow(gradient)));
    double loss = model.fit(batch);
    double expectedLoss = oracle.step(items(batch), labels(batch), starts(sizes));

    assertThat(loss).isCloseTo(expectedLoss, within(FLOAT32_STEP * Math.abs(expectedLoss)));
    oracle.gradients.forEach(
        (name, expected) ->
            requireClose(
                "gradient of " + name, Objects.requireNonNull(gradients.get(name)), expected));
    // Softmax loss has no slope along a common offset, and Adam takes a step of rounding errors.
    oracle.parameters.remove("score_head_b");
    oracle.parameters.forEach(
        (name, expected) -> requireClose(name, values(model, name), expected));
  }

  @Test
  void paddingChangesNothing() {
    int[] sizes = sizes(6, 1, 12);
    RankingModel tight = model(DataType.FLOAT);
    RankingModel padded = model(DataType.FLOAT);

    double tightLoss = tight.fit(batch(6, sizes, 12));
    double paddedLoss = padded.fit(batch(6, sizes, 31));

    assertThat(paddedLoss).isEqualTo(tightLoss);
    assertThat(padded.graph().params()).isEqualTo(tight.graph().params());
  }

  private static void requireClose(String what, double[] actual, double[] expected) {
    double size = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    assertThat(actual).as(what).containsExactly(expected, within(FLOAT32_STEP * size + NOTHING));
  }

  private static double[] values(RankingModel model, String name) {
    return rowByRow(model.graph().getParam(name));
  }

  private static double[] rowByRow(INDArray array) {
    return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }

  private static RankingModel model(DataType type) {
    DNNScorer scorer =
        DNNScorer.builder()
            .hiddenLayerDims(24, 13)
            .useBatchNorm(true)
            .batchNormMoment(MOMENTUM)
            .dropout(0)
            .build();
    return new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), features()),
            PreprocessorWithSpec.builder().build(),
            scorer,
            "mask",
            "tower")
        .build(
            TrainingSettings.builder()
                .loss("softmax_loss")
                .optimizer(Optimizer.of("adam").withLearningRate(LEARNING_RATE))
                .dataType(type)
                .workspaceMode(WorkspaceMode.ENABLED)
                .build());
  }

  private static Map<String, FeatureSpec> features() {
    Map<String, FeatureSpec> features = new TreeMap<>();
    for (int f = 10; f < 10 + FEATURES; f++) {
      features.put("f" + f, FixedLenFeature.float32(1).withDefault(0f));
    }
    return features;
  }

  private static int[] sizes(long seed, int least, int most) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.ints(LISTS, least, most + 1).toArray();
  }

  /** The same items whatever they are padded to. */
  private static ListBatch batch(long seed, int[] sizes, int listSize) {
    SplittableRandom random = new SplittableRandom(seed + 100);
    int slots = LISTS * listSize;
    float[] examples = new float[slots * FEATURES];
    float[] labels = new float[slots];
    boolean[] mask = new boolean[slots];
    Arrays.fill(labels, ListBatch.PADDING_LABEL);
    for (int b = 0; b < LISTS; b++) {
      for (int i = 0; i < sizes[b]; i++) {
        int slot = b * listSize + i;
        mask[slot] = true;
        labels[slot] = random.nextInt(5);
        for (int f = 0; f < FEATURES; f++) {
          examples[slot * FEATURES + f] = (float) random.nextDouble(-2, 2);
        }
      }
    }
    LabelSpec label = LabelSpec.of("label", FixedLenFeature.float32(1).withDefault(-1f));
    return new ListBatch(
        RecordSpec.of(Map.of(), features()).withLabels(label).layout(),
        LISTS,
        listSize,
        new float[0],
        examples,
        mask,
        sizes,
        labels,
        new float[0],
        List.of(),
        List.of());
  }

  private static double[][] items(ListBatch batch) {
    double[][] items = new double[batch.validItems()][FEATURES];
    int row = 0;
    for (int slot = 0; slot < batch.mask().length; slot++) {
      if (batch.mask()[slot]) {
        for (int f = 0; f < FEATURES; f++) {
          items[row][f] = batch.examples()[slot * FEATURES + f];
        }
        row++;
      }
    }
    return items;
  }

  private static double[] labels(ListBatch batch) {
    double[] labels = new double[batch.validItems()];
    int row = 0;
    for (int slot = 0; slot < batch.mask().length; slot++) {
      if (batch.mask()[slot]) {
        labels[row++] = batch.labels()[slot];
      }
    }
    return labels;
  }

  private static int[] starts(int[] sizes) {
    int[] starts = new int[sizes.length + 1];
    for (int b = 0; b < sizes.length; b++) {
      starts[b + 1] = starts[b] + sizes[b];
    }
    return starts;
  }
}
