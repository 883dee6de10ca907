package io.rankline.pipeline.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.loss.LossObjective;
import io.rankline.loss.Reduction;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.model.ModelBuilder;
import io.rankline.model.ModelLists;
import io.rankline.model.NetworkPreparation;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.scorer.DNNScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.ThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.residual.NoOpResidualPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.residual.ResidualClippingPostProcessor;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.AdaptiveThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.FixedThresholdAlgorithm;
import org.deeplearning4j.optimize.solvers.accumulation.encoding.threshold.TargetSparsityThresholdAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas in threads that send what has grown large. */
@Timeout(120)
class ThresholdSharingTest {

  private static final int LISTS = 24;

  /** So large that nothing is ever sent before replicas settle. */
  private static final double NEVER = 1e9;

  /** Float32 sums in another order. */
  private static final double ROUNDING = 1e-5;

  private final ModelLists source = new ModelLists(5, 1, 3, "relevance");
  private final List<RankingList> lists = source.lists(LISTS, 9);

  @ParameterizedTest(name = "{0} replicas at threshold {1}, seed 5")
  @CsvSource({"2, 1e9", "2, 1e-3", "2, 1e-9", "3, 1e-3", "4, 1e-4"})
  void afterOneStepOfSgdNothingIsLost(int replicas, double threshold) throws Exception {
    RankingModel start = model("sgd", Reduction.SUM_BY_NONZERO_WEIGHTS);

    float[] shared =
        state(train(start, replicas, 1, sharing(new FixedThresholdAlgorithm(threshold))));

    assertClose(shared, state(train(start, replicas, 1, new ExactSharing())));
  }

  @Test
  void aSumOfLossesIsTheSumOverReplicas() throws Exception {
    RankingModel start = model("sgd", Reduction.SUM);

    float[] shared = state(train(start, 3, 1, sharing(new FixedThresholdAlgorithm(1e-4))));

    assertClose(shared, state(train(start, 3, 1, new ExactSharing())));
  }

  @Test
  void whereNothingIsLargeEnoughParametersStandUntilReplicasSettle() throws Exception {
    float[] shared =
        state(
            train(
                model("{name = sgd, learning_rate = 0.01}", Reduction.SUM_BY_NONZERO_WEIGHTS),
                2,
                5,
                sharing(new FixedThresholdAlgorithm(NEVER))));

    // Five gradients at the same place.
    float[] oneLargeStep =
        state(
            train(
                model("{name = sgd, learning_rate = 0.05}", Reduction.SUM_BY_NONZERO_WEIGHTS),
                2,
                1,
                new ExactSharing()));
    assertClose(shared, oneLargeStep);
  }

  @Test
  void momentsAreThoseOfEachReplicaAveraged() throws Exception {
    // Divides by the number of lists, so that both replicas count alike.
    RankingModel start = model("adam", Reduction.SUM_OVER_ELEMENTS);

    ModelState shared =
        ModelState.of(
            train(start, 2, 1, sharing(new FixedThresholdAlgorithm(1e-3))).get(0).model().graph());

    assertClose(
        shared.updaterState(),
        mean(alone(start, 0, 2).updaterState(), alone(start, 1, 2).updaterState()));
  }

  @ParameterizedTest(name = "{0}, seed 5")
  @ValueSource(strings = {"fixed", "adaptive", "target"})
  void settledReplicasAreEqualToTheBit(String algorithm) throws Exception {
    RankingModel start = normalised();

    List<Replica> replicas = train(start, 3, 12, sharing(algorithm(algorithm)));

    String digest = ModelState.of(replicas.get(0).model().graph()).digest();
    assertThat(digest).isNotEqualTo(ModelState.of(start.graph()).digest());
    for (Replica replica : replicas) {
      assertThat(ModelState.of(replica.model().graph()).digest()).isEqualTo(digest);
      assertThat(replica.sharing().state()).isEqualTo(replicas.get(0).sharing().state());
      assertThat(replica.sharing().state()).containsOnlyKeys("threshold", "sparsity");
    }
  }

  @Test
  void runningStatisticsAreThoseOfExactSharing() throws Exception {
    // Nothing is learned, so that both see the same activations.
    RankingModel start = normalised("{name = sgd, learning_rate = 1e-30}");

    float[] shared = state(train(start, 2, 4, sharing(new FixedThresholdAlgorithm(1e-3))));

    // Shares have as many lists, and items count alike in the mean over replicas.
    assertClose(shared, state(train(start, 2, 4, new ExactSharing())));
    assertThat(shared).isNotEqualTo(ModelState.of(start.graph()).parameters());
  }

  @Test
  void goingOnFromAStateIsGoingOn() throws Exception {
    RankingModel start = model("adam", Reduction.SUM_BY_NONZERO_WEIGHTS);
    ThresholdSharing sharing = sharing(new AdaptiveThresholdAlgorithm(1e-4));

    List<Replica> first = train(start, 2, 6, sharing);
    Map<String, Double> state = first.get(0).sharing().state();
    RankingModel middle = copy(first.get(0).model());
    float[] once = state(train(middle, 2, 6, sharing.at(state)));
    float[] again = state(train(middle, 2, 6, first.get(0).sharing()));
    float[] anew = state(train(middle, 2, 6, sharing));

    assertThat(again).isEqualTo(once);
    assertThat(anew).isNotEqualTo(once);
  }

  @Test
  void residualsAreKeptSmallByTheRule() throws Exception {
    RankingModel start = model("{name = sgd, learning_rate = 1.0}", Reduction.SUM);
    ThresholdAlgorithm algorithm = new FixedThresholdAlgorithm(1e-6);

    float[] clipped =
        state(
            train(
                start,
                2,
                2,
                new ThresholdSharing(algorithm, new ResidualClippingPostProcessor(1, 1))));

    // Two steps, each moves a parameter by the threshold, and clipped residuals by as much again.
    float[] before = ModelState.of(start.graph()).parameters();
    for (int i = 0; i < before.length; i++) {
      assertThat(Math.abs(clipped[i] - before[i])).isLessThan(5e-6f);
    }
  }

  @Test
  void aShareThatCannotBeComputedStopsAllReplicas() {
    RankingModel start = model("sgd", Reduction.SUM_BY_NONZERO_WEIGHTS);
    start.graph().params().assign(Float.NaN);

    assertThatThrownBy(() -> train(start, 2, 1, sharing(new FixedThresholdAlgorithm(1e-3))))
        .hasMessageContaining("loss NaN in step 1");
  }

  @Test
  void aReplicaWithoutListsTakesPartWithWeightZero() throws Exception {
    RankingModel start = model("sgd", Reduction.SUM_BY_NONZERO_WEIGHTS);

    // One list a step for three replicas.
    float[] shared = state(train(start, 3, 1, sharing(new FixedThresholdAlgorithm(1e-9)), 1));

    assertThat(shared).isNotEqualTo(ModelState.of(start.graph()).parameters());
  }

  private static final class LossException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LossException(String message) {
      super(message);
    }
  }

  private static ThresholdAlgorithm algorithm(String name) {
    return switch (name) {
      case "fixed" -> new FixedThresholdAlgorithm(1e-3);
      case "adaptive" -> new AdaptiveThresholdAlgorithm(1e-3);
      default -> new TargetSparsityThresholdAlgorithm(1e-3, 0.05, 0.9);
    };
  }

  private static ThresholdSharing sharing(ThresholdAlgorithm algorithm) {
    return new ThresholdSharing(algorithm, new NoOpResidualPostProcessor());
  }

  private RankingModel model(String optimizer, Reduction reduction) {
    return build(
        DNNScorer.builder().hiddenLayerDims(8, 4).useBatchNorm(false).dropout(0).build(),
        optimizer,
        reduction);
  }

  private RankingModel normalised() {
    return normalised("adam");
  }

  private RankingModel normalised(String optimizer) {
    return build(
        DNNScorer.builder().hiddenLayerDims(8, 4).useBatchNorm(true).dropout(0).build(),
        optimizer,
        Reduction.SUM_BY_NONZERO_WEIGHTS);
  }

  private RankingModel build(DNNScorer scorer, String optimizer, Reduction reduction) {
    return new ModelBuilder(
            source.inputCreator(), PreprocessorWithSpec.builder().build(), scorer, "mask", "model")
        .build(
            TrainingSettings.builder()
                .loss(LossObjective.of(new SoftmaxLoss()).withReduction(reduction))
                .optimizer(Optimizer.parse(optimizer))
                .seed(3)
                .build());
  }

  private static RankingModel copy(RankingModel model) {
    RankingModel copy = ModelBlueprint.of(model, NetworkPreparation.NONE).build(0);
    ModelState.of(model.graph()).restoreInto(copy.graph());
    return copy;
  }

  private List<Replica> train(RankingModel start, int count, int steps, GradientSharing sharing)
      throws Exception {
    return train(start, count, steps, sharing, LISTS);
  }

  /** Every replica takes every count-th list of the first ones, in every step. */
  private List<Replica> train(
      RankingModel start, int count, int steps, GradientSharing sharing, int used)
      throws Exception {
    ThreadReplicas group = new ThreadReplicas(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<Replica>> running = new ArrayList<>();
      for (ReplicaGroup member : group.members()) {
        RankingModel own = copy(start);
        running.add(
            threads.submit(
                () -> {
                  try (Replica replica = new Replica(own, member, lists.get(0).layout(), sharing)) {
                    List<RankingList> share = share(member.rank(), count, used);
                    long[] numbers =
                        LongStream.range(0, used).filter(k -> k % count == member.rank()).toArray();
                    for (int step = 1; step <= steps; step++) {
                      StepSums sums = replica.step(share, numbers, new ListBatcher(ListSize.ALL));
                      if (!Double.isFinite(sums.loss())) {
                        throw new LossException("loss %s in step %d".formatted(sums.loss(), step));
                      }
                      assertThat(sums.lists()).isEqualTo(used);
                    }
                    replica.settle();
                    return replica;
                  } catch (LossException e) {
                    // All of them know.
                    throw e;
                  } catch (Throwable e) {
                    group.abort();
                    throw e;
                  }
                }));
      }
      List<Replica> replicas = new ArrayList<>();
      for (Future<Replica> replica : running) {
        replicas.add(replica.get());
      }
      return replicas;
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    } finally {
      threads.shutdownNow();
    }
  }

  private List<RankingList> share(int rank, int count, int used) {
    List<RankingList> share = new ArrayList<>();
    for (int k = rank; k < used; k += count) {
      share.add(lists.get(k));
    }
    return share;
  }

  private ModelState alone(RankingModel start, int rank, int count) {
    RankingModel own = copy(start);
    own.fitTransformed(new ListBatcher(ListSize.ALL).batch(share(rank, count, LISTS)));
    return ModelState.of(own.graph());
  }

  private static float[] state(List<Replica> replicas) {
    return ModelState.of(replicas.get(0).model().graph()).parameters();
  }

  private static float[] mean(float[] first, float[] second) {
    float[] mean = new float[first.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (first[i] + second[i]) / 2;
    }
    return mean;
  }

  private static void assertClose(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double difference = 0;
    double size = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(actual[i] - expected[i], 2);
      size += Math.pow(expected[i], 2);
    }
    assertThat(Math.sqrt(difference / size)).isLessThan(ROUNDING);
  }
}
