package io.rankline.metric.benchmark;

import io.rankline.metric.RankingMetric;
import io.rankline.metric.ScoredList;
import io.rankline.metric.evaluation.Evaluator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does one list of 120 items take to rank and score on one core, and does it allocate?
 * Microseconds a list are seconds a million lists.
 *
 * <pre>
 * mvn -q -B package -DskipTests -pl ranking-lib
 * mvn -q -B dependency:build-classpath -Dmdep.outputFile=target/classpath -pl ranking-lib
 * java -cp ranking-lib/target/test-classes:ranking-lib/target/classes:$(cat ranking-lib/target/classpath) \
 *     org.openjdk.jmh.Main EvaluatorBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EvaluatorBenchmark {

  /** More than the caches hold, so that lists come from memory as they do in an evaluation. */
  private static final int LISTS = 5_000;

  private static final int ITEMS = 120;

  @Param({"ndcg@10", "ndcg", "map", "mrr@10", "ordered_pair_accuracy", "defaults"})
  private String metrics = "";

  private ScoredList[] lists = {};
  private Evaluator evaluator = new Evaluator(RankingMetric.defaults());

  /** Labels 0 to 4, most of them 0, and scores that know something of them. */
  @Setup
  public void makeLists() {
    Random random = new Random(1);
    lists = new ScoredList[LISTS];
    for (int list = 0; list < LISTS; list++) {
      double[] labels = new double[ITEMS];
      double[] scores = new double[ITEMS];
      for (int item = 0; item < ITEMS; item++) {
        labels[item] = Math.max(0, random.nextInt(8) - 3);
        scores[item] = 0.5 * labels[item] + random.nextGaussian();
      }
      lists[list] = ScoredList.of(labels, scores);
    }
    evaluator =
        new Evaluator(
            metrics.equals("defaults")
                ? RankingMetric.defaults()
                : RankingMetric.parseAll(metrics));
  }

  /** Every list once. */
  @Benchmark
  @OperationsPerInvocation(LISTS)
  public Evaluator evaluate() {
    for (ScoredList list : lists) {
      evaluator.add(list);
    }
    return evaluator;
  }
}
