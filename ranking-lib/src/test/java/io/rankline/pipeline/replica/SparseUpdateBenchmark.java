package io.rankline.pipeline.replica;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs to cut an update to its large values, and to add a message of them: milliseconds,
 * one thread.
 *
 * <p>Run: {@code org.openjdk.jmh.Main SparseUpdateBenchmark -f 1 -wi 3 -i 5 -w 1 -r 1}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SparseUpdateBenchmark {

  private static final float THRESHOLD = 1e-3f;

  /** Values of the update. */
  @Param({"800000", "25000000"})
  int length;

  /** Part of them that is large. */
  @Param({"0.001", "0.01", "0.1"})
  double sparsity;

  private FloatBuffer fresh = FloatBuffer.allocate(0);
  private FloatBuffer residual = FloatBuffer.allocate(0);
  private FloatBuffer target = FloatBuffer.allocate(0);
  private IntBuffer message = IntBuffer.allocate(0);

  /** Makes an update. */
  @Setup
  public void start() {
    Random random = new Random(1);
    fresh = direct(length);
    residual = direct(length);
    target = direct(length);
    for (int i = 0; i < length; i++) {
      float sign = random.nextBoolean() ? 1 : -1;
      fresh.put(i, sign * (random.nextDouble() < sparsity ? 2 : 0.5f) * THRESHOLD);
    }
    residual.put(0, fresh, 0, length);
    message = IntBuffer.wrap(SparseUpdate.take(residual, THRESHOLD));
  }

  /** A copy of the update, which the next benchmark contains too. */
  @Benchmark
  public FloatBuffer copy() {
    return residual.put(0, fresh, 0, length);
  }

  /** A copy, and cutting it. */
  @Benchmark
  public int[] copyAndTake() {
    residual.put(0, fresh, 0, length);
    return SparseUpdate.take(residual, THRESHOLD);
  }

  /** Adds a message. */
  @Benchmark
  public FloatBuffer add() {
    SparseUpdate.add(message, 0.5f, target);
    return target;
  }

  private static FloatBuffer direct(int length) {
    return ByteBuffer.allocateDirect(length * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
