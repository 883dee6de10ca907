package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.rankline.loss.click.PositionBias;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.LambdaLossScheme;
import io.rankline.loss.listwise.SoftmaxLoss;
import io.rankline.loss.pairwise.LambdaLoss;
import io.rankline.loss.pairwise.PairwiseLogisticLoss;
import io.rankline.loss.sampling.GumbelApproxNdcgLoss;
import io.rankline.loss.sampling.GumbelNeuralSortCrossEntropyLoss;
import io.rankline.loss.sampling.GumbelNeuralSortNdcgLoss;
import io.rankline.loss.sampling.GumbelSampler;
import io.rankline.loss.sampling.YetiLogisticLoss;
import io.rankline.loss.smooth.NeuralNdcgLoss;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists of 4,000 items in memory that grows with their length, and nothing more per list. */
class LongListsTest {

  private static final int LONG = 4_000;

  /** All scratch arrays together, of doubles and ints an item; a matrix of pairs takes 32,000. */
  private static final long BYTES_AN_ITEM = 1600;

  /** As many show the memory as 50; the time of 50 is theirs. */
  private static final int ITERATIONS = 4;

  /** Sinkhorn keeps two numbers an iteration, and 2 MiB of rows. */
  private static final long BYTES_AN_ITEM_OF_SINKHORN = BYTES_AN_ITEM + 2 * 8 * (ITERATIONS + 1);

  private static final long ROWS_OF_SINKHORN = 3L << 20;

  /** Result records of a batch; one small object for each of 64 lists would double it. */
  private static final long BYTES_A_BATCH = 1400;

  static Stream<RankingLoss> losses() {
    PositionBias bias = new PositionBias(1, 0.5);
    return Stream.concat(
        Arrays.stream(LossKey.values())
            .map(
                key -> {
                  Map<String, Object> parameters =
                      new HashMap<>(
                          Map.of(
                              "num_classes", 5,
                              "models", 5,
                              "position_bias", bias,
                              "from_logits", true,
                              "seed", 1));
                  parameters.keySet().retainAll(key.parameters().keySet());
                  return key.create(parameters);
                }),
        Stream.of(
            new PairwiseLogisticLoss(1, DcgLambdaWeight.ndcg()),
            new SoftmaxLoss(1, DcgLambdaWeight.ndcg()),
            new LambdaLoss(LambdaLossScheme.NDCG_LOSS2PP)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void memoryGrowsWithTheLengthOfAList(RankingLoss loss) {
    RankingLoss small = withFewSamples(loss);
    LossBatch batch = batch(1, LONG, small.outputs());
    double[] gradient = new double[LONG * small.outputs()];
    LossObjective objective = LossObjective.of(small);
    long before = allocated();

    double value = objective.evaluate(batch, new LossWorkspace(), gradient).value();

    long bytes = allocated() - before;
    assertThat(value).isFinite();
    assertThat(Arrays.stream(gradient).allMatch(Double::isFinite)).isTrue();
    boolean scales = small instanceof NeuralNdcgLoss;
    assertThat(bytes)
        .isLessThan(
            scales
                ? ROWS_OF_SINKHORN + BYTES_AN_ITEM_OF_SINKHORN * LONG
                : (BYTES_AN_ITEM + 100L * small.outputs()) * LONG);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void nothingIsAllocatedForAListAfterTheFirstBatch(RankingLoss loss) {
    LossObjective objective = LossObjective.of(loss);
    LossBatch batch = batch(64, 60, loss.outputs());
    float[] gradient = new float[64 * 60 * loss.outputs()];
    LossWorkspace workspace = new LossWorkspace();
    for (int warmUp = 0; warmUp < 3; warmUp++) {
      objective.evaluate(batch, workspace, gradient, 0);
    }
    long before = allocated();

    objective.evaluate(batch, workspace, gradient, 0);

    assertThat(allocated() - before).isLessThan(BYTES_A_BATCH);
  }

  /** One sample shows the memory; the time of many is theirs. */
  private static RankingLoss withFewSamples(RankingLoss loss) {
    GumbelSampler one = new GumbelSampler(1, 1, 1L);
    if (loss instanceof YetiLogisticLoss yeti) {
      return new YetiLogisticLoss(1, yeti.lambdaWeight(), one);
    }
    if (loss instanceof GumbelApproxNdcgLoss) {
      return new GumbelApproxNdcgLoss(0.1, one);
    }
    if (loss instanceof GumbelNeuralSortNdcgLoss) {
      return new GumbelNeuralSortNdcgLoss(1, one);
    }
    if (loss instanceof GumbelNeuralSortCrossEntropyLoss) {
      return new GumbelNeuralSortCrossEntropyLoss(1, one);
    }
    if (loss instanceof NeuralNdcgLoss) {
      return new NeuralNdcgLoss(
          1, NeuralNdcgLoss.ALL_RANKS, true, 0, 0, true, null, ITERATIONS, 1e-6);
    }
    return loss;
  }

  private static LossBatch batch(int lists, int length, int outputs) {
    Random random = new Random(1);
    float[] labels = new float[lists * length];
    float[] scores = new float[lists * length * outputs];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(5);
    }
    for (int k = 0; k < scores.length; k++) {
      scores[k] = (float) random.nextGaussian();
    }
    return LossBatch.of(lists, length)
        .labels(Values.of(labels))
        .outputs(outputs)
        .scores(Values.of(scores))
        .build();
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
