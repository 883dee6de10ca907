package io.rankline.model.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepMemoryTest {

  /** A fifth of what the inputs of 200 steps come to: 32 x 50 items of 136 floats each. */
  private static final long ALLOWED = 200L * 32 * 50 * 136 * Float.BYTES / 5;

  @Test
  void twoHundredStepsTakeNoMoreNativeMemoryThanOne() {
    StepReport report =
        new StepBenchmark(new StepSpec(32, 50, 40, 136, new int[] {64, 32}, 0.4, 200, 2)).run();

    assertThat(report.offHeapGrowth()).isLessThan(ALLOWED);
  }
}
