package io.rankline.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.feature.transform.Transform;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.pipeline.dataset.NullDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.serving.RankingScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LambdaMartTrainingTest {

  private static final ModelLists LISTS = new ModelLists(7, 2, 4, "relevance");
  private static final List<RankingList> TRAIN = LISTS.lists(60, 12);
  private static final List<RankingList> VALID = LISTS.lists(30, 12);

  @TempDir Path folder;

  @Test
  void theExportScoresInPlainJavaToTheBitAsXgboostDoes() throws IOException, XGBoostError {
    train("run", scorer().build(), hparams("run").numEpochs(4).build());

    RankingScorer model = RankingScorer.load(folder.resolve("run/export/latest_model"));
    Booster booster = XGBoost.train(matrix(TRAIN), trainedWith(), 20, Map.of(), null, null);
    float[][] expected = booster.predict(matrix(VALID), true);
    int at = 0;
    for (RankingList list : VALID) {
      for (float score : model.predict(list)) {
        assertThat(score).isEqualTo(expected[at++][0]);
      }
    }
    assertThat(at).isEqualTo(expected.length);
  }

  @Test
  void anEpochGrowsItsShareOfTreesAndIsValidated() throws IOException {
    TrainingResult result =
        train("run", scorer().build(), hparams("run").numEpochs(4).exportBestModel(true).build());

    assertThat(result.epochs()).hasSize(4);
    assertThat(result.lastEpoch().step()).isEqualTo(20);
    assertThat(result.lastEpoch().logs().get("lr")).isEqualTo(0.3);
    assertThat(result.lastEpoch().value("val_metric/ndcg_5").orElseThrow()).isGreaterThan(0.8);
    assertThat(result.lastEpoch().value("loss").orElseThrow())
        .isLessThan(result.epochs().get(0).value("loss").orElseThrow());
    assertThat(RankingScorer.load(folder.resolve("run/export/best_model_by_metric")).metrics())
        .containsKey("val_metric/ndcg_5");
  }

  @Test
  void aRunThatWasKilledEndsAsIfItNeverHadBeen() throws IOException {
    LambdaMartScorer drawing =
        scorer().option("subsample", 0.7).option("colsample_bytree", 0.5).build();
    TrainingResult whole =
        train("whole", drawing, hparams("whole").numEpochs(4).checkpointSteps(3).build());
    PipelineHparams hparams = hparams("killed").numEpochs(4).checkpointSteps(3).build();
    for (int killedAt : new int[] {2, 8, 14}) {
      assertThatThrownBy(() -> new KilledPipeline(drawing, hparams, killedAt).trainAndValidate())
          .hasMessage("killed");
    }

    TrainingResult resumed = train("killed", drawing, hparams);

    assertThat(resumed.model().graph().params()).isEqualTo(whole.model().graph().params());
    for (int k = 0; k < 4; k++) {
      assertThat(resumed.epochs().get(k).logs()).isEqualTo(whole.epochs().get(k).logs());
    }
  }

  @Test
  void aSettingOfTheTreesThatChangedIsToldByARunThatGoesOn() throws IOException {
    train("run", scorer().build(), hparams("run").numEpochs(2).build());

    assertThatThrownBy(
            () -> train("run", scorer().eta(0.2).build(), hparams("run").numEpochs(4).build()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds checkpoints of another training: layer 'trees' differs");
  }

  @Test
  void whatOnlyNetworksDoIsRefused() {
    assertThatThrownBy(
            () ->
                train(
                    "run",
                    scorer().build(),
                    hparams("run")
                        .numEpochs(1)
                        .strategy("MirroredStrategy")
                        .strategyOption("replicas", "2")
                        .build()))
        .hasMessage(
            "strategy_options.replicas shares out the steps of a network, and scorer lambdamart"
                + " grows trees on all processors of this machine; leave replicas out");
    assertThatThrownBy(
            () ->
                train(
                    "run",
                    scorer().option("objective", "map").build(),
                    hparams("run").numEpochs(1).build()))
        .hasMessage(
            "list 1 has the label 2.0, and objective = map takes 0 and 1; set"
                + " data.convert_labels_to_binary = true, or take ndcg");
  }

  private TrainingResult train(String run, LambdaMartScorer scorer, PipelineHparams hparams)
      throws IOException {
    assertThat(hparams.modelDir()).endsWith(run);
    return new SimplePipeline(model(scorer), data(), hparams).trainAndValidate();
  }

  private static ModelBuilder model(LambdaMartScorer scorer) {
    return new ModelBuilder(
        LISTS.inputCreator(),
        PreprocessorWithSpec.forAll(LISTS.spec().examples().keySet(), Transform.LOG1P),
        scorer,
        "__list_mask__",
        "trees");
  }

  private static NullDatasetBuilder data() {
    return NullDatasetBuilder.ofLists(
        TRAIN,
        VALID,
        LISTS.spec(),
        DatasetHparams.inMemory().trainBatchSize(8).validBatchSize(8).listSize(12).build());
  }

  private PipelineHparamsBuilder hparams(String run) {
    return PipelineHparams.builder()
        .modelDir(folder.resolve(run).toString())
        .loss("softmax_loss")
        .stepsPerExecution(1);
  }

  private static LambdaMartScorer.Builder scorer() {
    return LambdaMartScorer.builder().numRound(20).eta(0.3).maxDepth(4);
  }

  private static Map<String, Object> trainedWith() {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("objective", "rank:ndcg");
    parameters.put("eta", 0.3);
    parameters.put("max_depth", 4);
    parameters.put("base_score", 0);
    parameters.put("lambdarank_pair_method", "topk");
    parameters.put("lambdarank_num_pair_per_sample", 32);
    parameters.put("nthread", Runtime.getRuntime().availableProcessors());
    return parameters;
  }

  /** Features as the model reads them: those of the context as they are, then logarithms. */
  private static DMatrix matrix(List<RankingList> lists) throws XGBoostError {
    int items = lists.stream().mapToInt(RankingList::size).sum();
    float[] rows = new float[items * 6];
    float[] labels = new float[items];
    int row = 0;
    for (RankingList list : lists) {
      for (int i = 0; i < list.size(); i++) {
        System.arraycopy(list.context(), 0, rows, row * 6, 2);
        for (int f = 0; f < 4; f++) {
          float x = list.examples()[i * 4 + f];
          rows[row * 6 + 2 + f] = (float) (Math.signum(x) * Math.log1p(Math.abs(x)));
        }
        labels[row++] = list.label(0, i);
      }
    }
    DMatrix matrix = new DMatrix(rows, items, 6, Float.NaN);
    matrix.setLabel(labels);
    matrix.setGroup(lists.stream().mapToInt(RankingList::size).toArray());
    return matrix;
  }

  /** Dies at a step, as a process does that is killed. */
  private static final class KilledPipeline extends SimplePipeline {

    private final int step;

    KilledPipeline(LambdaMartScorer scorer, PipelineHparams hparams, int step) {
      super(model(scorer), data(), hparams);
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
}
