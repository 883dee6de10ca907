package io.rankline.model.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepMemoryTest {

  private static final int STEPS = 60;

  /**
   * Half of what the inputs of these steps come to, 64 x 100 items of 136 floats each: 104 MB. The
   * JVM itself moves by some 50 MB meanwhile.
   */
  private static final long ALLOWED = STEPS * 64L * 100 * 136 * Float.BYTES / 2;

  @Test
  void sixtyStepsTakeNoMoreNativeMemoryThanOne() {
    StepReport report =
        new StepBenchmark(new StepSpec(64, 100, 80, 136, new int[] {16}, 0.4, STEPS, 2)).run();

    assertThat(report.offHeapGrowth()).isLessThan(ALLOWED);
  }
}
