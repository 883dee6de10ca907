package io.rankline.model.optimizer.benchmark;

import io.rankline.model.optimizer.Optimizer;
import java.util.concurrent.TimeUnit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does the optimizer cost a step of DNN 1024-512-256 on 136 features, 0.8 million parameters?
 *
 * <pre>
 *   mvn -q test-compile -pl ranking-lib
 *   java -cp CLASSPATH org.openjdk.jmh.Main OptimizerBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OptimizerBenchmark {

  private static final long PARAMETERS = 800_000;

  @Param({"sgd", "adam", "rmsprop", "adagrad", "nadam"})
  String optimizer = "";

  private GradientUpdater<?> updater;
  private INDArray gradient;
  private int step;

  @Setup
  public void prepare() {
    IUpdater rule = Optimizer.of(optimizer).updater();
    long size = rule.stateSize(PARAMETERS);
    INDArray state = size == 0 ? null : Nd4j.createUninitialized(DataType.FLOAT, size);
    updater = rule.instantiate(state, true);
    gradient = Nd4j.randn(DataType.FLOAT, PARAMETERS);
  }

  @Benchmark
  public INDArray step() {
    updater.applyUpdater(gradient, step++, 0);
    return gradient;
  }
}
