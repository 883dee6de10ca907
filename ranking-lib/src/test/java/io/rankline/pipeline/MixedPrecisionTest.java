package io.rankline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rankline.compiled.CompiledCode;
import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.kernel.Precision;
import io.rankline.model.kernel.packed.PackedProducts;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.pipeline.dataset.NullDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

class MixedPrecisionTest {

  @TempDir Path folder;

  private final ModelLists lists = new ModelLists(4, 1, 3, "relevance");
  private final List<RankingList> train = lists.lists(64, 8);
  private final List<RankingList> valid = lists.lists(24, 8);

  @AfterEach
  void compiledAgain() {
    System.clearProperty(CompiledCode.PROPERTY);
  }

  @Test
  void aTrainingThatGoesOnEndsAsOneWithoutABreakAndItsExportIsRead() throws IOException {
    requireBfloat16();
    TrainingResult whole = train(dnn(), mixed("whole").numEpochs(6).build());
    train(dnn(), mixed("broken").numEpochs(3).build());
    TrainingResult resumed = train(dnn(), mixed("broken").numEpochs(6).build());
    TrainingResult single = train(dnn(), hparams("single").numEpochs(6).build());

    assertThat(bits(resumed)).isEqualTo(bits(whole));
    assertThat(bits(whole)).isNotEqualTo(bits(single));
    assertThat(loss(whole)).isLessThan(whole.epochs().get(0).value("loss").orElseThrow());
    assertThat(loss(whole)).isBetween(0.9 * loss(single), 1.1 * loss(single));
    SavedRankingModel export = SavedRankingModel.load(at("whole/export/latest_model"));
    assertThat(export.model().graph().params()).isEqualTo(whole.model().graph().params());
  }

  @Test
  void gradientsDifferFromThoseInFloat32ByLessThanAutocastsDo() {
    requireBfloat16();
    ModelLists wide = new ModelLists(5, 0, 64, "relevance");
    ListBatch batch = wide.batch(32, 20, 20);

    SortedMap<String, float[]> single = gradients(wide, Precision.FLOAT32, batch);
    SortedMap<String, float[]> mixed = gradients(wide, Precision.MIXED_BFLOAT16, batch);

    // PyTorch's autocast: 5.9e-2 to 8.8e-2 for a tower with batch norm, which rounds activations.
    for (String layer : List.of("hidden_1_W", "hidden_2_W", "hidden_3_W")) {
      float[] expected = Objects.requireNonNull(single.get(layer));
      float[] actual = Objects.requireNonNull(mixed.get(layer));
      assertThat(difference(actual, expected)).as(layer).isBetween(1e-4, 6e-2);
    }
  }

  @Test
  void anotherPrecisionIsAnotherTrainingButMayBeginWithItsParameters() throws IOException {
    train(dnn(), hparams("single").numEpochs(1).build());
    train(dnn(), mixed("mixed").numEpochs(1).build());

    assertThatThrownBy(() -> train(dnn(), mixed("single").numEpochs(2).build()))
        .hasMessageContaining("precision is not set there and mixed_bfloat16 here");
    assertThatThrownBy(() -> train(dnn(), hparams("mixed").numEpochs(2).build()))
        .hasMessageContaining("precision is mixed_bfloat16 there and not set here");
    train(dnn(), mixed("up").numEpochs(1).warmStart(at("single")).build());
    train(dnn(), hparams("down").numEpochs(1).warmStart(at("mixed")).build());
  }

  @Test
  void aProcessorWithoutItTrainsInFloat32OrIsRefused() throws IOException {
    System.setProperty(CompiledCode.PROPERTY, "false");
    TrainingResult single = train(dnn(), hparams("single").numEpochs(2).build());

    TrainingResult fallback = train(dnn(), mixed("mixed").numEpochs(2).build());

    assertThat(bits(fallback)).isEqualTo(bits(single));
    assertThatThrownBy(
            () -> train(dnn(), mixed("required").precisionRequired(true).numEpochs(2).build()))
        .hasMessageContaining("precision_required is true, but precision mixed_bfloat16")
        .hasMessageContaining("rankline.compiled")
        .hasMessageContaining("set precision = float32");
    train(dnn(), hparams("single_required").precisionRequired(true).numEpochs(1).build());
  }

  @Test
  void scorersThatDoNotMultiplyInItAreRefusedBeforeAnyWork() {
    TrainingSettings settings =
        TrainingSettings.builder().precision(Precision.MIXED_BFLOAT16).build();
    Scorer tanh = DNNScorer.builder().hiddenLayerDims(32).activation(Activation.TANH).build();

    assertThatThrownBy(() -> builder(tanh).build(settings))
        .hasMessageContaining("layer 'hidden_1' takes mixed_bfloat16 on the processor in float")
        .hasMessageContaining("tanh");
    assertThatThrownBy(() -> builder(LambdaMartScorer.builder().build()).build(settings))
        .hasMessageContaining("precision mixed_bfloat16 is for networks with dense layers");
  }

  /** Of the first step of one network. */
  private static SortedMap<String, float[]> gradients(
      ModelLists lists, Precision precision, ListBatch batch) {
    RankingModel model =
        builder(lists, DNNScorer.builder().hiddenLayerDims(128, 64, 32).build())
            .build(TrainingSettings.builder().loss("softmax_loss").precision(precision).build());
    SortedMap<String, float[]> gradients = new TreeMap<>();
    model
        .graph()
        .addListeners(
            new BaseTrainingListener() {
              @Override
              public void onGradientCalculation(Model network) {
                network
                    .gradient()
                    .gradientForVariable()
                    .forEach((name, value) -> gradients.put(name, value.dup('c').data().asFloat()));
              }
            });
    model.fit(batch);
    return gradients;
  }

  /** Relative L2 difference. */
  private static double difference(float[] actual, float[] expected) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / size);
  }

  private static void requireBfloat16() {
    assumeTrue(PackedProducts.here().bfloat16() != null, PackedProducts.here().reason());
  }

  private static double loss(TrainingResult result) {
    return result.lastEpoch().value("loss").orElseThrow();
  }

  private static float[] bits(TrainingResult result) {
    INDArray params = result.model().graph().params();
    return params.dup().data().asFloat();
  }

  private TrainingResult train(ModelBuilder builder, PipelineHparams hparams) throws IOException {
    return new SimplePipeline(
            builder,
            NullDatasetBuilder.ofLists(
                train,
                valid,
                lists.spec(),
                DatasetHparams.inMemory().trainBatchSize(8).validBatchSize(8).listSize(8).build()),
            hparams)
        .trainAndValidate();
  }

  private String at(String path) {
    return folder.resolve(path).toString();
  }

  private PipelineHparamsBuilder mixed(String run) {
    return hparams(run).precision(Precision.MIXED_BFLOAT16);
  }

  private PipelineHparamsBuilder hparams(String run) {
    return PipelineHparams.builder()
        .modelDir(at(run))
        .loss("softmax_loss")
        .optimizer("{name = adam, learning_rate = 0.02}");
  }

  private ModelBuilder dnn() {
    return builder(
        DNNScorer.builder().hiddenLayerDims(32, 16).dropout(0.1).batchNormMoment(0.9).build());
  }

  private ModelBuilder builder(Scorer scorer) {
    return builder(lists, scorer);
  }

  private static ModelBuilder builder(ModelLists lists, Scorer scorer) {
    return new ModelBuilder(
        lists.inputCreator(),
        PreprocessorWithSpec.builder().build(),
        scorer,
        "__list_mask__",
        "test");
  }
}
