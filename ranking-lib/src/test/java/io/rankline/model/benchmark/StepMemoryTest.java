package io.rankline.model.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.model.kernel.Precision;
import org.junit.jupiter.api.Test;

class StepMemoryTest {

  /**
   * A fifth of what the inputs of 200 steps come to, 64 x 100 items of 136 floats each: 139 MB. The
   * JVM itself moves by some 50 MB meanwhile.
   */
  private static final long ALLOWED = 200L * 64 * 100 * 136 * Float.BYTES / 5;

  @Test
  void twoHundredStepsTakeNoMoreNativeMemoryThanOne() {
    StepReport report =
        new StepBenchmark(
                new StepSpec(64, 100, 80, 136, new int[] {16}, 0.4, Precision.FLOAT32, 200, 2))
            .run();

    assertThat(report.offHeapGrowth()).isLessThan(ALLOWED);
  }
}
