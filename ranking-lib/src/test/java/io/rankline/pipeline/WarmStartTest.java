package io.rankline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.RankingList;
import io.rankline.feature.transform.Transform;
import io.rankline.io.Storage;
import io.rankline.model.AbstractModelBuilder;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.pipeline.dataset.NullDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.serving.SavedRankingModel;
import io.rankline.testing.Tolerances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

class WarmStartTest {

  /** Too small a rate to change anything in the tests' few steps. */
  private static final String STANDSTILL = "{name = sgd, learning_rate = 1e-12}";

  @TempDir Path folder;

  private final ModelLists lists = new ModelLists(4, 1, 3, "relevance");
  private final List<RankingList> train = lists.lists(64, 8);
  private final List<RankingList> valid = lists.lists(24, 8);

  @Test
  void theFirstLossIsThatOfTheOldModel() throws IOException {
    DNNScorer scorer =
        DNNScorer.builder().hiddenLayerDims(8).useBatchNorm(false).dropout(0).build();
    TrainingResult old = train(builder(scorer), hparams("old").numEpochs(8).build());
    double oldLoss = old.lastEpoch().value("val_loss").orElseThrow();

    TrainingResult fresh =
        train(builder(scorer), hparams("fresh").numEpochs(1).optimizer(STANDSTILL).build());
    TrainingResult warm =
        train(
            builder(scorer),
            hparams("warm").numEpochs(1).optimizer(STANDSTILL).warmStart(at("old")).build());

    assertThat(fresh.lastEpoch().value("val_loss").orElseThrow()).isGreaterThan(oldLoss * 1.05);
    assertThat(warm.lastEpoch().value("val_loss").orElseThrow())
        .isCloseTo(oldLoss, within(Tolerances.FLOAT32_ROUNDING));
    assertThat(warm.lastEpoch().value("loss").orElseThrow())
        .isLessThan(fresh.lastEpoch().value("loss").orElseThrow());
    assertThat(warm.lastEpoch().step()).isEqualTo(8);
  }

  @Test
  void statisticsOfBatchNormTravel() throws IOException {
    TrainingResult old = train(dnn(), hparams("old").numEpochs(3).build());
    INDArray mean = parameter(old, "hidden_1_mean");
    assertThat(mean.norm1Number().doubleValue()).isGreaterThan(0);

    train(dnn(), hparams("warm").numEpochs(1).warmStart(at("old")).build());

    SavedRankingModel start = SavedRankingModel.load(at("warm/start"));
    assertThat(start.model().graph().params()).isEqualTo(old.model().graph().params());
    assertThat(start.model().graph().getParam("hidden_1_mean")).isEqualTo(mean);
  }

  @Test
  void lossDropoutAndOptimizerMayBeOthers() throws IOException {
    train(dnn(), hparams("old").numEpochs(1).build());
    DNNScorer other =
        DNNScorer.builder().hiddenLayerDims(8).batchNormMoment(0.5).dropout(0.4).build();

    TrainingResult warm =
        train(
            builder(other),
            hparams("warm")
                .numEpochs(1)
                .loss("approx_ndcg_loss")
                .optimizer("adagrad")
                .l2(0.01)
                .seed(7)
                .warmStart(at("old"))
                .build());

    assertThat(warm.epochs()).hasSize(1);
  }

  @Test
  void anotherModelIsRefusedWithAllThatDiffers() throws IOException {
    train(dnn(), hparams("old").numEpochs(1).build());
    ModelLists more = new ModelLists(4, 1, 4, "relevance");
    AbstractModelBuilder other =
        new ModelBuilder(
            more.inputCreator(),
            PreprocessorWithSpec.forAll(List.of("item_1"), Transform.LOG1P),
            DNNScorer.builder().hiddenLayerDims(5).build(),
            "__list_mask__",
            "test");
    PipelineHparams hparams = hparams("warm").numEpochs(1).warmStart(at("old")).build();

    assertThatThrownBy(
            () ->
                new SimplePipeline(other, data(more, more.lists(9, 8), more.lists(9, 8)), hparams)
                    .trainAndValidate())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("warm_start " + at("old/export/latest_model"))
        .hasMessageContaining("inputs.example.item_3 is only here")
        .hasMessageContaining("examples.transforms.item_1 is only here")
        .hasMessageContaining("shape of hidden_1_W is [4, 8] there and [5, 5] here");
    assertThat(folder.resolve("warm/checkpoints")).doesNotExist();
  }

  @Test
  void anotherActivationIsAnotherModel() throws IOException {
    train(dnn(), hparams("old").numEpochs(1).build());
    DNNScorer other = DNNScorer.builder().hiddenLayerDims(8).activation(Activation.TANH).build();

    assertThatThrownBy(
            () -> train(builder(other), hparams("warm").numEpochs(1).warmStart(at("old")).build()))
        .hasMessageContaining("layer 'hidden_1' differs");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"old", "old/export/latest_model", "old/best"})
  void aModelDirOrAnExportCanBeStartedFrom(String source) throws IOException {
    TrainingResult old = train(dnn(), hparams("old").numEpochs(1).exportBestModel(true).build());

    train(dnn(), hparams("warm").numEpochs(1).warmStart(at(source)).build());

    assertThat(SavedRankingModel.load(at("warm/start")).model().graph().params())
        .isEqualTo(old.model().graph().params());
  }

  @Test
  void aTrainingThatNeverEndedCanBeStartedFrom() throws IOException {
    killed(hparams("old").numEpochs(2).build(), 11);

    train(dnn(), hparams("warm").numEpochs(1).warmStart(at("old")).build());

    assertThat(SavedRankingModel.load(at("warm/start")).model().graph().params())
        .isEqualTo(
            ModelDir.in(Storage.ofClassPath().folder(at("old")))
                .checkpoint()
                .orElseThrow()
                .model()
                .model()
                .graph()
                .params());
  }

  @Test
  void aRunThatWasKilledGoesOnAndDoesNotStartOver() throws IOException {
    train(dnn(), hparams("old").numEpochs(2).build());
    TrainingResult whole = train(dnn(), hparams("whole").numEpochs(3).warmStart(at("old")).build());
    PipelineHparams hparams = hparams("killed").numEpochs(3).warmStart(at("old")).build();
    killed(hparams, 13);
    // What it started from is of no importance any more.
    Files.move(folder.resolve("old"), folder.resolve("gone"));

    TrainingResult resumed = train(dnn(), hparams);

    assertThat(resumed.model().graph().params()).isEqualTo(whole.model().graph().params());
    assertThat(resumed.epochs()).hasSize(3);
  }

  @Test
  void transformsKeepTheNumbersThatTheParametersAreMadeFor() throws IOException {
    AbstractModelBuilder builder =
        new ModelBuilder(
            lists.inputCreator(),
            PreprocessorWithSpec.forAll(lists.spec().examples().keySet(), Transform.Z_SCORE),
            DNNScorer.builder().hiddenLayerDims(8).build(),
            "__list_mask__",
            "z");
    train(builder, hparams("old").numEpochs(1).build());
    List<RankingList> others = lists.lists(30, 8);
    PipelineHparams hparams = hparams("warm").numEpochs(2).warmStart(at("old")).build();
    RankingList probe = lists.list(5);

    RankingList before =
        SavedRankingModel.load(at("old/export/latest_model")).model().encoder().transform(probe);
    TrainingResult warm =
        new SimplePipeline(builder, data(lists, others, valid), hparams).trainAndValidate();
    TrainingResult again =
        new SimplePipeline(builder, data(lists, others, valid), hparams).trainAndValidate();

    assertThat(warm.model().encoder().transform(probe).examples()).isEqualTo(before.examples());
    assertThat(again.model().encoder().transform(probe).examples()).isEqualTo(before.examples());
  }

  @Test
  void aFolderWithoutAModelIsAnError() throws IOException {
    Files.createDirectory(folder.resolve("empty"));

    assertThatThrownBy(
            () -> train(dnn(), hparams("warm").numEpochs(1).warmStart(at("empty")).build()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            at("empty")
                + " holds no model: neither an export, nor best/, export/ or checkpoints/ of a"
                + " training");
  }

  @Test
  void otherFeaturesAreTheInputsOfAnotherTraining() throws IOException {
    PipelineHparams hparams = hparams("run").numEpochs(1).build();
    train(dnn(), hparams);
    AbstractModelBuilder other =
        new ModelBuilder(
            lists.inputCreator(),
            PreprocessorWithSpec.forAll(List.of("item_1"), Transform.LOG1P),
            DNNScorer.builder().hiddenLayerDims(8).dropout(0.1).batchNormMoment(0.9).build(),
            "__list_mask__",
            "test");

    assertThatThrownBy(() -> train(other, hparams))
        .isInstanceOf(IOException.class)
        .hasMessage(
            at("run")
                + " holds checkpoints of another training: examples.transforms.item_1 is only"
                + " here; use another model_dir, or delete this one");
  }

  private void killed(PipelineHparams hparams, int step) {
    assertThatThrownBy(
            () ->
                new SimplePipeline(dnn(), data(lists, train, valid), hparams) {
                  @Override
                  protected List<Callback> buildCallbacks() {
                    List<Callback> callbacks = new ArrayList<>(super.buildCallbacks());
                    callbacks.add(
                        new Callback() {
                          @Override
                          public void onStepEnd(TrainingRun run, StepResult result) {
                            if (result.step() >= step) {
                              throw new IllegalStateException("killed");
                            }
                          }
                        });
                    return callbacks;
                  }
                }.trainAndValidate())
        .hasMessage("killed");
  }

  private TrainingResult train(AbstractModelBuilder builder, PipelineHparams hparams)
      throws IOException {
    return new SimplePipeline(builder, data(lists, train, valid), hparams).trainAndValidate();
  }

  private static INDArray parameter(TrainingResult result, String name) {
    return Objects.requireNonNull(result.model().graph().getParam(name));
  }

  private String at(String path) {
    return folder.resolve(path).toString();
  }

  private PipelineHparamsBuilder hparams(String run) {
    return PipelineHparams.builder()
        .modelDir(at(run))
        .loss("softmax_loss")
        .stepsPerExecution(1)
        .optimizer("{name = adam, learning_rate = 0.02}");
  }

  private static NullDatasetBuilder data(
      ModelLists lists, List<RankingList> train, List<RankingList> valid) {
    return NullDatasetBuilder.ofLists(
        train,
        valid,
        lists.spec(),
        DatasetHparams.inMemory().trainBatchSize(8).validBatchSize(8).listSize(8).build());
  }

  private AbstractModelBuilder dnn() {
    return builder(
        DNNScorer.builder().hiddenLayerDims(8).dropout(0.1).batchNormMoment(0.9).build());
  }

  private AbstractModelBuilder builder(DNNScorer scorer) {
    return new ModelBuilder(
        lists.inputCreator(),
        PreprocessorWithSpec.builder().build(),
        scorer,
        "__list_mask__",
        "test");
  }
}
