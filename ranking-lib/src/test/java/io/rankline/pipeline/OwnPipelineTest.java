package io.rankline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.loss.LossObjective;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.smooth.ApproxNdcgLoss;
import io.rankline.metric.RankingMetric;
import io.rankline.model.AbstractModelBuilder;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.pipeline.dataset.NullDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PerTask;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.serving.SavedRankingModel;
import io.rankline.testing.Tolerances;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a subclass of a pipeline, or of a model builder, may make its own. */
class OwnPipelineTest {

  @TempDir Path folder;

  private final ModelLists lists = new ModelLists(8, 0, 3, "relevance");
  private final List<RankingList> train = lists.lists(40, 6);
  private final List<RankingList> valid = lists.lists(16, 6);

  @Test
  void aLossOfItsOwnIsMinimised() throws IOException {
    PipelineHparams hparams = hparams("own").build();
    LossObjective sum = LossObjective.of(new ApproxNdcgLoss(0.05)).plus(new SoftmaxLoss(), 0.25);

    TrainingResult result =
        new SimplePipeline(dnn(), data(), hparams) {
          @Override
          protected PerTask<LossObjective> buildLoss() {
            return PerTask.common(sum);
          }
        }.trainAndValidate();

    assertThat(result.model().tasks().values())
        .singleElement()
        .satisfies(task -> assertThat(task.objective()).isEqualTo(sum));
    // The same as it would be by name.
    TrainingResult named =
        new SimplePipeline(
                dnn(),
                data(),
                hparams("named")
                    .loss(
                        "{losses = [{name = approx_ndcg_loss, temperature = 0.05},"
                            + " {name = softmax_loss, weight = 0.25}]}")
                    .build())
            .trainAndValidate();
    assertThat(result.lastEpoch().value("val_loss").orElseThrow())
        .isCloseTo(
            named.lastEpoch().value("val_loss").orElseThrow(), within(Tolerances.DOUBLE_SUM));
  }

  @Test
  void metricsOfItsOwnAreMeasuredAndCanChooseTheBestModel() throws IOException {
    PipelineHparams hparams =
        hparams("own").exportBestModel(true).bestExporterMetric("map_3").build();

    TrainingResult result =
        new SimplePipeline(dnn(), data(), hparams) {
          @Override
          protected List<RankingMetric> buildMetrics() {
            return RankingMetric.parseAll("map@3,mrr");
          }
        }.trainAndValidate();

    assertThat(result.lastEpoch().logs().keySet())
        .containsExactly("loss", "val_loss", "val_metric/map_3", "val_metric/mrr", "lr");
    assertThat(result.bestEpoch()).isPresent();
  }

  @Test
  void ofTwoTrainingsInOneFolderTheSecondIsRefusedAndTheFirstGoesOn() throws IOException {
    PipelineHparams hparams = hparams("shared").numEpochs(2).build();
    List<String> refusals = new ArrayList<>();

    TrainingResult result =
        new SimplePipeline(dnn(), data(), hparams) {
          @Override
          protected List<Callback> buildCallbacks() {
            List<Callback> callbacks = new ArrayList<>(super.buildCallbacks());
            callbacks.add(
                new Callback() {
                  @Override
                  public void onEpochEnd(TrainingRun run, EpochResult epoch) {
                    try {
                      new SimplePipeline(dnn(), data(), hparams).trainAndValidate();
                    } catch (IOException e) {
                      refusals.add(String.valueOf(e.getMessage()));
                    }
                  }
                });
            return callbacks;
          }
        }.trainAndValidate();

    assertThat(result.lastEpoch().epoch()).isEqualTo(2);
    assertThat(refusals)
        .hasSize(2)
        .allMatch(
            refusal -> refusal.matches("model_dir .*/shared is in use by process \\d+ on .*"));
    assertThat(folder.resolve("shared/_lease")).doesNotExist();
  }

  @Test
  void callbacksOfItsOwnSeeStepsChangeTheRateAndStop() throws IOException {
    List<String> seen = new ArrayList<>();

    TrainingResult result =
        new SimplePipeline(dnn(), data(), hparams("own").numEpochs(9).build()) {
          @Override
          protected List<Callback> buildCallbacks() {
            List<Callback> callbacks = new ArrayList<>(super.buildCallbacks());
            callbacks.add(
                new Callback() {
                  @Override
                  public void onStepEnd(TrainingRun run, StepResult step) {
                    seen.add("step " + step.step());
                  }

                  @Override
                  public void onEpochEnd(TrainingRun run, EpochResult epoch) {
                    run.setLearningRate(run.learningRate() / 2);
                    if (epoch.epoch() == 2) {
                      run.stop("that will do");
                    }
                  }
                });
            return callbacks;
          }
        }.trainAndValidate();

    assertThat(seen).hasSize(10).startsWith("step 1").endsWith("step 10");
    assertThat(result.stopReason()).isEqualTo("that will do");
    assertThat(result.epochs())
        .extracting(epoch -> epoch.value("lr").orElseThrow())
        .containsExactly(0.02, 0.01);
    assertThat(folder.resolve("own/history.json")).isNotEmptyFile();
  }

  @Test
  void anExportTellsHowListsWereReadWithoutAConfiguration() throws IOException {
    new SimplePipeline(dnn(), data(), hparams("own").build()).trainAndValidate();

    SavedRankingModel exported =
        SavedRankingModel.load(folder.resolve("own/export/latest_model").toString());
    assertThat(exported.configuration()).isEmpty();
    assertThat(exported.data().orElseThrow().effectiveValidListSize()).isEqualTo(new ListSize(6));
  }

  @Test
  void aModelBuilderOfItsOwnSaysWhatIsTrained() throws IOException {
    TrainingResult result =
        new SimplePipeline(new FlatStart(dnn()), data(), hparams("own").build()).trainAndValidate();

    INDArray start =
        SavedRankingModel.load(folder.resolve("own/start").toString()).model().graph().params();
    assertThat(start.minNumber().doubleValue()).isEqualTo(0.125);
    assertThat(start.maxNumber().doubleValue()).isEqualTo(0.125);
    assertThat(result.model().graph().params()).isNotEqualTo(start);
  }

  /** A model whose parameters all begin as one number. */
  private static final class FlatStart extends AbstractModelBuilder {
    private static final long serialVersionUID = 1;

    private final AbstractModelBuilder inner;

    FlatStart(AbstractModelBuilder inner) {
      this.inner = inner;
    }

    @Override
    public RankingModel build(TrainingSettings settings) {
      RankingModel model = inner.build(settings);
      model.graph().params().assign(0.125);
      return model;
    }
  }

  private PipelineHparamsBuilder hparams(String run) {
    return PipelineHparams.builder()
        .modelDir(folder.resolve(run).toString())
        .numEpochs(2)
        .loss("softmax_loss")
        .stepsPerExecution(1)
        .optimizer("{name = adam, learning_rate = 0.02}");
  }

  private NullDatasetBuilder data() {
    return NullDatasetBuilder.ofLists(
        train,
        valid,
        lists.spec(),
        DatasetHparams.inMemory().trainBatchSize(8).validBatchSize(8).listSize(6).build());
  }

  private AbstractModelBuilder dnn() {
    return new ModelBuilder(
        lists.inputCreator(),
        PreprocessorWithSpec.builder().build(),
        DNNScorer.builder().hiddenLayerDims(6).useBatchNorm(false).dropout(0).build(),
        "__list_mask__",
        "test");
  }
}
