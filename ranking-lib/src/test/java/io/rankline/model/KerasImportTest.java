package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListBatch;
import io.rankline.model.KerasFile.Weight;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.optimizer.Optimizer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An example: a Keras model in its own file format becomes a ranking model. */
class KerasImportTest {

  /** Products of a few floats. */
  private static final double FLOAT_PRODUCT = 1e-5;

  private static final float[] KERNEL = {
    0.5f, -1f, 0.25f, /* */ 1f, 0.75f, -0.5f, /* */ -0.25f, 1.5f, 2f, /* */ 0.1f, -0.2f, 0.3f
  };
  private static final float[] BIAS = {0.1f, -0.2f, 0.3f};
  private static final float[] GAMMA = {1.5f, 0.5f, 1f};
  private static final float[] BETA = {0f, 0.25f, -0.5f};
  private static final float[] MEAN = {0.3f, 0.1f, 0.2f};
  private static final float[] VARIANCE = {0.8f, 1.2f, 0.5f};
  private static final float[] OUT = {1f, -2f, 0.5f};

  /** {@code Sequential([Dense(3, "relu"), BatchNormalization(), Dense(1)])} over 4 columns. */
  private static final String MODEL_CONFIG =
      """
      {"class_name": "Sequential", "config": {"name": "sequential", "layers": [
        {"class_name": "Dense", "config": {"name": "hidden", "trainable": true,
          "batch_input_shape": [null, 4], "dtype": "float32", "units": 3, "activation": "relu",
          "use_bias": true, "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}},
          "bias_initializer": {"class_name": "Zeros", "config": {}}, "kernel_regularizer": null,
          "bias_regularizer": null, "activity_regularizer": null, "kernel_constraint": null,
          "bias_constraint": null}},
        {"class_name": "BatchNormalization", "config": {"name": "norm", "trainable": true,
          "dtype": "float32", "axis": [1], "momentum": 0.99, "epsilon": 0.001, "center": true,
          "scale": true, "beta_initializer": {"class_name": "Zeros", "config": {}},
          "gamma_initializer": {"class_name": "Ones", "config": {}},
          "moving_mean_initializer": {"class_name": "Zeros", "config": {}},
          "moving_variance_initializer": {"class_name": "Ones", "config": {}},
          "beta_regularizer": null, "gamma_regularizer": null, "beta_constraint": null,
          "gamma_constraint": null}},
        {"class_name": "Dense", "config": {"name": "out", "trainable": true, "dtype": "float32",
          "units": 1, "activation": "linear", "use_bias": true,
          "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}},
          "bias_initializer": {"class_name": "Zeros", "config": {}}, "kernel_regularizer": null,
          "bias_regularizer": null, "activity_regularizer": null, "kernel_constraint": null,
          "bias_constraint": null}}]}}
      """;

  @Test
  void aKerasModelScoresListsAndIsTrainedOn(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("model.h5");
    KerasFile.write(file, MODEL_CONFIG, weights());
    MultiLayerNetwork network =
        KerasModelImport.importKerasSequentialModelAndWeights(file.toString(), false);
    ListBatch batch = ItemLists.batch("score");

    RankingModel model =
        new GraphModelBuilder(
                network,
                ItemLists.INPUTS,
                PreprocessorWithSpec.builder().build(),
                "__list_mask__",
                "from_keras")
            .build(
                TrainingSettings.builder()
                    .optimizer(Optimizer.of("adam").withLearningRate(0.01))
                    .build());

    float[] scores = ItemLists.ofItems(batch, model.score(batch));
    float[][] rows = ItemLists.rows(batch).toFloatMatrix();
    for (int r = 0; r < rows.length; r++) {
      assertThat((double) scores[r]).isCloseTo(score(rows[r]), within(FLOAT_PRODUCT));
    }
    double before = model.fit(batch);
    for (int step = 0; step < 20; step++) {
      model.fit(batch);
    }
    assertThat(model.fit(batch)).isLessThan(before);
  }

  /** The model in plain doubles. */
  private static double score(float... row) {
    double score = -0.75;
    for (int j = 0; j < 3; j++) {
      double hidden = BIAS[j];
      for (int i = 0; i < 4; i++) {
        hidden += row[i] * KERNEL[3 * i + j];
      }
      double normalised = (Math.max(0, hidden) - MEAN[j]) / Math.sqrt(VARIANCE[j] + 1e-3);
      score += OUT[j] * (GAMMA[j] * normalised + BETA[j]);
    }
    return score;
  }

  private static Map<String, List<Weight>> weights() {
    Map<String, List<Weight>> layers = new LinkedHashMap<>();
    long[] three = {3};
    layers.put(
        "hidden",
        List.of(new Weight("kernel", new long[] {4, 3}, KERNEL), new Weight("bias", three, BIAS)));
    layers.put(
        "norm",
        List.of(
            new Weight("gamma", three, GAMMA),
            new Weight("beta", three, BETA),
            new Weight("moving_mean", three, MEAN),
            new Weight("moving_variance", three, VARIANCE)));
    layers.put(
        "out",
        List.of(
            new Weight("kernel", new long[] {3, 1}, OUT),
            new Weight("bias", new long[] {1}, -0.75f)));
    return layers;
  }
}
