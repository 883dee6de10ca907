package io.rankline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.transform.Transform;
import io.rankline.model.AbstractModelBuilder;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.dataset.NullDatasetBuilder;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.pipeline.session.TrainingFailedException;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;

class SimplePipelineTest {

  @TempDir Path folder;

  @Test
  void trainsValidatesAndExports() throws IOException {
    ModelLists lists = new ModelLists(1, 1, 3, "relevance");
    TrainingResult result =
        new SimplePipeline(
                dnn(lists), data(lists), hparams("run").numEpochs(4).exportBestModel(true).build())
            .trainAndValidate();

    assertThat(result.epochs()).hasSize(4);
    assertThat(result.lastEpoch().logs().keySet())
        .containsExactly(
            "loss",
            "val_loss",
            "val_metric/ndcg_1",
            "val_metric/ndcg_5",
            "val_metric/ndcg_10",
            "val_metric/ndcg",
            "lr");
    assertThat(result.lastEpoch().value("val_metric/ndcg_5").orElseThrow())
        .isGreaterThan(result.epochs().get(0).value("val_metric/ndcg_5").orElseThrow() - 0.05)
        .isBetween(0.8, 1.0);
    assertThat(result.bestEpoch()).isPresent();
    RankingList list = lists.list(5);
    for (String name : List.of("latest_model", "best_model_by_metric")) {
      SavedRankingModel saved =
          SavedRankingModel.load(folder.resolve("run/export/" + name).toString());
      assertThat(saved.predict(list)).hasSize(5);
      assertThat(saved.profile().orElseThrow().lists()).isEqualTo(80);
    }
    assertThat(folder.resolve("run/report.html"))
        .content()
        .containsPattern("<td class=\"text\">training</td><td class=\"number\">80</td>")
        .containsPattern("<td class=\"text\">validation</td><td class=\"number\">20</td>");
    assertThat(folder.resolve("run/history.json")).isNotEmptyFile();
    assertThat(folder.resolve("run/logs")).isNotEmptyDirectory();
  }

  @ParameterizedTest(name = "a checkpoint every {0} steps")
  @ValueSource(longs = {0, 1, 3})
  void aRunThatWasKilledEndsAsIfItNeverHadBeen(long checkpointSteps) throws IOException {
    ModelLists lists = new ModelLists(2, 1, 3, "relevance");
    List<RankingList> train = lists.lists(40, 8);
    List<RankingList> valid = lists.lists(10, 8);
    TrainingResult whole =
        new SimplePipeline(
                dnn(lists),
                data(lists, train, valid),
                hparams("whole").numEpochs(3).checkpointSteps(checkpointSteps).build())
            .trainAndValidate();

    PipelineHparams hparams =
        hparams("killed").numEpochs(3).checkpointSteps(checkpointSteps).build();
    for (int killedAt : new int[] {2, 7, 11}) {
      assertThatThrownBy(
              () ->
                  new KilledPipeline(dnn(lists), data(lists, train, valid), hparams, killedAt)
                      .trainAndValidate())
          .hasMessage("killed");
    }
    TrainingResult resumed =
        new SimplePipeline(dnn(lists), data(lists, train, valid), hparams).trainAndValidate();

    assertThat(resumed.model().graph().params()).isEqualTo(whole.model().graph().params());
    assertThat(resumed.epochs()).hasSize(3);
    for (int k = 0; k < 3; k++) {
      assertThat(resumed.epochs().get(k).logs()).isEqualTo(whole.epochs().get(k).logs());
    }
  }

  @Test
  void aFinishedRunThatIsStartedAgainTakesNoStep() throws IOException {
    ModelLists lists = new ModelLists(3, 0, 3, "relevance");
    PipelineHparams hparams = hparams("run").numEpochs(2).build();
    List<RankingList> train = lists.lists(20, 8);
    TrainingResult first =
        new SimplePipeline(dnn(lists), data(lists, train, train), hparams).trainAndValidate();

    TrainingResult second =
        new SimplePipeline(dnn(lists), data(lists, train, train), hparams).trainAndValidate();

    assertThat(second.model().graph().params()).isEqualTo(first.model().graph().params());
    assertThat(second.epochs()).hasSize(2);
  }

  @Test
  void checkpointsOfAnotherModelAreRefused() throws IOException {
    ModelLists lists = new ModelLists(3, 0, 3, "relevance");
    PipelineHparams hparams = hparams("run").numEpochs(1).build();
    new SimplePipeline(dnn(lists), data(lists), hparams).trainAndValidate();
    AbstractModelBuilder other = builder(lists, DNNScorer.builder().hiddenLayerDims(5).build());

    assertThatThrownBy(() -> new SimplePipeline(other, data(lists), hparams).trainAndValidate())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds checkpoints of another training");
  }

  @Test
  void earlyStoppingEndsTheRun() throws IOException {
    ModelLists lists = new ModelLists(3, 0, 3, "relevance");
    PipelineHparams hparams =
        hparams("run")
            .numEpochs(30)
            .optimizer("{name = sgd, learning_rate = 1e-9}")
            .earlyStoppingPatience(2)
            .earlyStoppingMinDelta(0.5)
            .build();

    TrainingResult result = new SimplePipeline(dnn(lists), data(lists), hparams).trainAndValidate();

    assertThat(result.epochs()).hasSize(3);
    assertThat(result.stopReason()).isNotEmpty();
  }

  @Test
  void transformsThatNeedNumbersGetThemFromTheTrainingData() throws IOException {
    ModelLists lists = new ModelLists(3, 0, 3, "relevance");
    AbstractModelBuilder builder =
        new ModelBuilder(
            lists.inputCreator(),
            PreprocessorWithSpec.forAll(lists.spec().examples().keySet(), Transform.Z_SCORE),
            DNNScorer.builder().hiddenLayerDims(8).dropout(0).build(),
            "__list_mask__",
            "z");

    TrainingResult result =
        new SimplePipeline(builder, data(lists), hparams("run").numEpochs(2).build())
            .trainAndValidate();

    assertThat(result.epochs()).hasSize(2);
  }

  @Test
  void aLossThatIsNoNumberStopsTheRunAndKeepsTheCheckpoint() throws IOException {
    ModelLists lists = new ModelLists(3, 0, 3, "relevance");
    PipelineHparams hparams =
        hparams("run")
            .numEpochs(3)
            .checkpointSteps(4)
            .optimizer(
                "{name = sgd, learning_rate = {name = piecewise_constant_decay,"
                    + " boundaries = [5], values = [0.01, 1e30]}}")
            .build();

    assertThatThrownBy(
            () -> new SimplePipeline(plain(lists), data(lists), hparams).trainAndValidate())
        .isInstanceOf(TrainingFailedException.class)
        .hasMessageMatching(
            "the (loss of step 8 is|update of step 7 made parameters that are) .*; its batch holds"
                + " lists \\d+ to \\d+ in the order of training, of \\d+ items; the largest feature"
                + " value, .* after transforms, is 'item_\\d' of list \\d, item \\d of the batch\\."
                + " Lower the learning rate, .*");
    assertThat(folder.resolve("run/checkpoints").toFile().list())
        .containsExactly("step-000000000004");
  }

  @Test
  void tasksHaveLossesAndMetricsOfTheirOwn() throws IOException {
    ModelLists lists = new ModelLists(5, 0, 3, "click", "rating");
    AbstractModelBuilder builder =
        builder(
            lists,
            DNNScorer.builder()
                .hiddenLayerDims(16, 8)
                .tasks("click", "rating")
                .dropout(0)
                .batchNormMoment(0.9)
                .build());
    PipelineHparams hparams =
        PipelineHparams.builder()
            .modelDir(folder.resolve("multi").toString())
            .numEpochs(3)
            .loss(Map.of("click", "softmax_loss", "rating", "approx_ndcg_loss"))
            .lossWeights(Map.of("click", 0.3, "rating", 0.7))
            .optimizer("{name = adam, learning_rate = 0.01}")
            .exportBestModel(true)
            .bestExporterMetric("rating_metric/ndcg_5")
            .build();

    TrainingResult result = new MultiTaskPipeline(builder, data(lists), hparams).trainAndValidate();

    assertThat(result.lastEpoch().logs())
        .containsKeys(
            "val_loss",
            "val_click_loss",
            "val_rating_loss",
            "val_click_metric/ndcg_1",
            "val_rating_metric/ndcg_5");
    assertThat(result.bestEpoch()).isPresent();
  }

  @Test
  void lossesAreForTheirPipelines() {
    ModelLists lists = new ModelLists(3, 0, 3, "relevance");
    PipelineHparams byTask =
        PipelineHparams.builder()
            .modelDir(folder.toString())
            .numEpochs(1)
            .loss(Map.of("click", "softmax_loss"))
            .build();

    assertThatThrownBy(() -> new SimplePipeline(dnn(lists), data(lists), byTask))
        .hasMessage(
            "loss must be one loss for a SimplePipeline, got losses for [click]; use a"
                + " MultiTaskPipeline");
    assertThatThrownBy(
            () -> new MultiTaskPipeline(dnn(lists), data(lists), hparams("x").numEpochs(1).build()))
        .hasMessage(
            "loss must be given for each task of a MultiTaskPipeline, got one for all; use a"
                + " SimplePipeline");
  }

  @Test
  void strategiesThatAreNotThereAreToldBeforeAnyWork() {
    ModelLists lists = new ModelLists(3, 0, 3, "relevance");

    assertThatThrownBy(() -> withStrategy(lists, "TPUStrategy"))
        .hasMessage(
            "strategy TPUStrategy needs a TPU backend, which ND4J does not have; use"
                + " MirroredStrategy on a GPU, or MultiWorkerMirroredStrategy on a cluster");
    assertThatThrownBy(() -> withStrategy(lists, "MultiWorkerMirroredStrategy"))
        .hasMessage(
            "strategy MultiWorkerMirroredStrategy runs on Spark executors; put the module spark-app"
                + " on the class path");
    assertThatThrownBy(() -> withStrategy(lists, "MirrorStrategy"))
        .hasMessageStartingWith(
            "unknown strategy 'MirrorStrategy'; expected one of MirroredStrategy");
  }

  @Test
  void aFolderThatCannotBeWrittenToIsRefused() throws IOException {
    ModelLists lists = new ModelLists(3, 0, 3, "relevance");
    Files.writeString(folder.resolve("file"), "taken");
    PipelineHparams hparams = hparams("file/run").numEpochs(1).build();

    assertThatThrownBy(
            () -> new SimplePipeline(dnn(lists), data(lists), hparams).trainAndValidate())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model_dir");
  }

  @Test
  void faultsOfHyperparametersAreToldAtOnce() {
    assertThatThrownBy(
            () -> PipelineHparams.builder().modelDir(" ").earlyStoppingPatience(-1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            """
            model_dir must be a folder, got none
            num_epochs must be 1 or more, got 0
            loss must name a loss, as softmax_loss, got none
            early_stopping_patience must be 0 or more, got -1\
            """
                .stripIndent());
    assertThatThrownBy(
            () ->
                PipelineHparams.builder()
                    .modelDir("m")
                    .numEpochs(3)
                    .loss("softmax_loss")
                    .numTrainSteps(100)
                    .build())
        .hasMessage("num_train_steps must be a multiple of num_epochs, 3, got 100");
  }

  @Test
  void theDesignsProgramCompilesAndNamesItsMissingFiles() {
    Map<String, FeatureSpec> context = Map.of();
    Map<String, FeatureSpec> examples = new TreeMap<>();
    for (int i = 1; i <= 136; i++) {
      examples.put("custom_features_" + i, FixedLenFeature.float32(1).withDefault(0f));
    }
    LabelSpec label = LabelSpec.of("utility", FixedLenFeature.float32(1).withDefault(-1f));

    var inputCreator = new FeatureSpecInputCreator(context, examples);
    var preprocessor = PreprocessorWithSpec.forAll(examples.keySet(), Transform.LOG1P);
    var scorer =
        DNNScorer.builder()
            .hiddenLayerDims(1024, 512, 256)
            .outputUnits(1)
            .activation(Activation.RELU)
            .useBatchNorm(true)
            .batchNormMoment(0.99)
            .dropout(0.4)
            .build();
    var modelBuilder =
        new ModelBuilder(inputCreator, preprocessor, scorer, "__list_mask__", "web30k_dnn_model");
    var datasetHparams =
        DatasetHparams.builder()
            .trainInputPattern(folder + "/train-*")
            .validInputPattern(folder + "/vali-*")
            .trainBatchSize(128)
            .validBatchSize(128)
            .listSize(200)
            .build();
    var datasetBuilder =
        new SimpleDatasetBuilder(context, examples, "__list_mask__", label, datasetHparams);
    var pipelineHparams =
        PipelineHparams.builder()
            .modelDir(folder.resolve("web30k").toString())
            .numEpochs(100)
            .numTrainSteps(100_000)
            .numValidSteps(100)
            .loss("softmax_loss")
            .optimizer("adam")
            .learningRate(1e-4)
            .exportBestModel(true)
            .strategy("MirroredStrategy")
            .build();

    assertThat(pipelineHparams.stepsPerEpoch()).isEqualTo(1000);
    assertThatThrownBy(
            () ->
                new SimplePipeline(modelBuilder, datasetBuilder, pipelineHparams)
                    .trainAndValidate())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("names no file");
  }

  /** Dies at a step, as a process does that is killed. */
  private static final class KilledPipeline extends SimplePipeline {
    private final int step;

    KilledPipeline(
        AbstractModelBuilder model,
        AbstractDatasetBuilder data,
        PipelineHparams hparams,
        int step) {
      super(model, data, hparams);
      this.step = step;
    }

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
  }

  private void withStrategy(ModelLists lists, String strategy) {
    new SimplePipeline(
        dnn(lists), data(lists), hparams("x").numEpochs(1).strategy(strategy).build());
  }

  private PipelineHparamsBuilder hparams(String run) {
    return PipelineHparams.builder()
        .modelDir(folder.resolve(run).toString())
        .loss("softmax_loss")
        .stepsPerExecution(1)
        .optimizer("{name = adam, learning_rate = 0.02}");
  }

  private static NullDatasetBuilder data(ModelLists lists) {
    return data(lists, lists.lists(80, 8), lists.lists(20, 8));
  }

  private static NullDatasetBuilder data(
      ModelLists lists, List<RankingList> train, List<RankingList> valid) {
    return NullDatasetBuilder.ofLists(
        train,
        valid,
        lists.spec(),
        DatasetHparams.inMemory().trainBatchSize(8).validBatchSize(8).listSize(8).build());
  }

  private static AbstractModelBuilder dnn(ModelLists lists) {
    return builder(
        lists,
        DNNScorer.builder().hiddenLayerDims(16, 8).dropout(0.1).batchNormMoment(0.9).build());
  }

  private static AbstractModelBuilder plain(ModelLists lists) {
    return builder(
        lists, DNNScorer.builder().hiddenLayerDims(16, 8).dropout(0).useBatchNorm(false).build());
  }

  private static AbstractModelBuilder builder(ModelLists lists, DNNScorer scorer) {
    return new ModelBuilder(
        lists.inputCreator(),
        PreprocessorWithSpec.builder().build(),
        scorer,
        "__list_mask__",
        "test");
  }
}
