package io.rankline.loss.benchmark;

import io.rankline.loss.LossBatch;
import io.rankline.loss.LossKey;
import io.rankline.loss.LossObjective;
import io.rankline.loss.LossWorkspace;
import io.rankline.loss.Values;
import io.rankline.loss.click.IpwSoftmaxLoss;
import io.rankline.loss.click.PositionBias;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.pairwise.PairwiseLogisticLoss;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a training step spend in its loss and gradient: 128 lists of 200 items, float in
 * and out, one thread?
 *
 * <p>Labels are drawn as often as in a web search data set with five grades. {@code
 * docs/benchmarks.md} has the command.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LossBenchmark {

  private static final int LISTS = 128;
  private static final int LENGTH = 200;

  /** Share of items whose grade is this or lower. */
  private static final double[] GRADES = {0.52, 0.84, 0.97, 0.99, 1};

  /** The loss; {@code pairwise_logistic_loss} has NDCG lambda weights. */
  @Param({
    "softmax_loss",
    "approx_ndcg_loss",
    "pairwise_logistic_loss",
    "list_mle_loss",
    "neural_sort_ndcg_loss"
  })
  public String loss = "softmax_loss";

  private LossObjective objective;
  private LossBatch batch;
  private LossWorkspace workspace;
  private float[] gradient;

  /** Draws a batch with the same seed for every loss. */
  @Setup
  public void prepare() {
    Random random = new Random(1);
    float[] labels = new float[LISTS * LENGTH];
    float[] scores = new float[LISTS * LENGTH];
    for (int i = 0; i < labels.length; i++) {
      double share = random.nextDouble();
      while (share > GRADES[(int) labels[i]]) {
        labels[i]++;
      }
      scores[i] = (float) random.nextGaussian();
    }
    batch = LossBatch.of(LISTS, LENGTH).labels(Values.of(labels)).scores(Values.of(scores)).build();
    gradient = new float[labels.length];
    workspace = new LossWorkspace();
    objective = LossObjective.of(measured(LossKey.ofWireName(loss)));
  }

  private static RankingLoss measured(LossKey key) {
    return switch (key) {
      case PAIRWISE_LOGISTIC -> new PairwiseLogisticLoss(1, DcgLambdaWeight.ndcg());
      case IPW_SOFTMAX -> new IpwSoftmaxLoss(PositionBias.ofPower(1, LENGTH));
      default -> key.withDefaults();
    };
  }

  /** Processor time, which other processes on a shared machine do not stretch. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Processor {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private long start;
    private long end;
    private long operations;

    /** Starts an iteration. */
    @Setup(Level.Iteration)
    public void start() {
      operations = 0;
      start = THREADS.getCurrentThreadCpuTime();
    }

    /** Ends an iteration. */
    @TearDown(Level.Iteration)
    public void end() {
      end = THREADS.getCurrentThreadCpuTime();
    }

    /** Milliseconds a batch. */
    public double cpuMillis() {
      return (end - start) / 1e6 / Math.max(1, operations);
    }
  }

  /** Loss and gradient of one batch. */
  @Benchmark
  public double lossAndGradient(Processor processor) {
    processor.operations++;
    return objective.evaluate(batch, workspace, gradient, 0).value();
  }
}
