package io.rankline.pipeline.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.loss.Reduction;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.pipeline.dataset.NullDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.hparams.PipelineHparamsBuilder;
import io.rankline.pipeline.replica.ModelState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas together take the steps that one takes on the whole batch. */
class MirroredSessionTest {

  private static final long SEED = 5;

  @TempDir Path folder;
  private int runs;

  @ParameterizedTest(name = "{0} with {1}, padded to {2}, seed 5")
  @CsvSource({
    "sgd, softmax_loss, 0",
    "adam, softmax_loss, 0",
    "adagrad, softmax_loss, 6",
    "sgd, pairwise_logistic_loss, 0",
    "adam, sigmoid_cross_entropy_loss, 0",
    "sgd, mean_squared_loss, 12",
    "sgd, '{name = gumbel_approx_ndcg_loss, seed = 3}', 0",
  })
  void twoAndFourReplicasEqualOne(String optimizer, String loss, int listSize) throws IOException {
    UnaryOperator<PipelineHparamsBuilder> hparams = h -> h.optimizer(optimizer).loss(loss);

    float[] one = train(hparams, 1, listSize);

    assertClose(train(hparams, 2, listSize), one);
    assertClose(train(hparams, 4, listSize), one);
  }

  @ParameterizedTest(name = "reduction {0}, seed 5")
  @ValueSource(strings = {"SUM", "MEAN", "SUM_BY_NONZERO_WEIGHTS", "SUM_OVER_ELEMENTS"})
  void everyReductionIsThatOfTheWholeBatch(String reduction) throws IOException {
    UnaryOperator<PipelineHparamsBuilder> hparams =
        h ->
            h.optimizer("{name = sgd, learning_rate = 0.001}")
                .loss("pairwise_logistic_loss")
                .lossReduction(Reduction.valueOf(reduction));

    assertClose(train(hparams, 3, 0), train(hparams, 1, 0));
  }

  @Test
  void penaltiesAndLimitsOnGradientsHoldForTheAverage() throws IOException {
    UnaryOperator<PipelineHparamsBuilder> hparams =
        h -> h.optimizer("{name = sgd, learning_rate = 0.1, global_clipnorm = 0.05}").l2(0.01);

    assertClose(train(hparams, 2, 0), train(hparams, 1, 0));
  }

  @Test
  void lossesThatAreReportedAreThoseOfTheWholeBatch() throws IOException {
    List<Double> one = new ArrayList<>();
    List<Double> three = new ArrayList<>();
    UnaryOperator<PipelineHparamsBuilder> hparams =
        h -> h.optimizer("sgd").l2(0.01).lossReduction(Reduction.SUM);

    train(hparams, 1, 0, one);
    train(hparams, 3, 0, three);

    assertThat(three).hasSameSizeAs(one);
    for (int k = 0; k < one.size(); k++) {
      assertThat(three.get(k)).isCloseTo(one.get(k), Percentage.withPercentage(1e-3));
    }
  }

  @Test
  void moreReplicasThanListsTakePartWithWeightZero() throws IOException {
    UnaryOperator<PipelineHparamsBuilder> hparams = h -> h.optimizer("adam");

    assertClose(train(hparams, 33, 0), train(hparams, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two"})
  void aNumberOfReplicasThatIsNoneIsTold(String replicas) {
    assertThatThrownBy(
            () ->
                train(
                    h -> h.strategy("MirroredStrategy").strategyOption("replicas", replicas), 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strategy_options.replicas must be a whole number of 1 or more")
        .hasMessageContaining(replicas);
  }

  private float[] train(UnaryOperator<PipelineHparamsBuilder> hparams, int replicas, int listSize)
      throws IOException {
    return train(hparams, replicas, listSize, new ArrayList<>());
  }

  private float[] train(
      UnaryOperator<PipelineHparamsBuilder> hparams,
      int replicas,
      int listSize,
      List<Double> losses)
      throws IOException {
    ModelLists lists = new ModelLists(SEED, 1, 3, "relevance");
    List<RankingList> train = lists.lists(75, 9);
    NullDatasetBuilder data =
        NullDatasetBuilder.ofLists(
            train,
            train,
            lists.spec(),
            DatasetHparams.inMemory()
                .trainBatchSize(32)
                .validBatchSize(32)
                .listSize(listSize)
                .build());
    PipelineHparamsBuilder builder =
        PipelineHparams.builder()
            .modelDir(folder.resolve("run" + runs++).toString())
            .numEpochs(2)
            .stepsPerExecution(1)
            .loss("softmax_loss");
    if (replicas > 0) {
      builder.strategy("MirroredStrategy").strategyOption("replicas", Integer.toString(replicas));
    }
    PipelineHparams used = hparams.apply(builder).build();
    SimplePipeline pipeline =
        new SimplePipeline(
            new ModelBuilder(
                lists.inputCreator(),
                PreprocessorWithSpec.builder().build(),
                DNNScorer.builder().hiddenLayerDims(8, 4).useBatchNorm(false).dropout(0).build(),
                "mask",
                "model"),
            data,
            used) {
          @Override
          protected List<Callback> buildCallbacks() {
            return List.of(
                new Callback() {
                  @Override
                  public void onStepEnd(TrainingRun run, StepResult result) {
                    losses.add(result.loss());
                  }
                });
          }
        };
    return ModelState.of(pipeline.trainAndValidate().model().graph()).parameters();
  }

  private static void assertClose(float[] actual, float[] expected) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    assertThat(Math.sqrt(difference / size)).isLessThan(1e-5);
  }
}
