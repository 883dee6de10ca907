package io.rankline.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenBlasTest {

  @Test
  void threadsAreThoseThatAreSet() {
    int before = OpenBlas.threads();
    try {
      for (int threads : new int[] {1, 2, 1}) {
        OpenBlas.setThreads(threads);
        assertThat(OpenBlas.threads()).isEqualTo(threads);
      }
    } finally {
      OpenBlas.setThreads(before);
    }
  }

  @Test
  void productsRunOnOneThreadWhileTheyAreHeldAndOnAsManyAsBeforeAfterwards() {
    int before = OpenBlas.threads();
    OpenBlas.setThreads(2);
    try {
      BlasThreads.hold(
          () -> {
            assertThat(OpenBlas.threads()).isEqualTo(1);
            BlasThreads.hold(() -> assertThat(OpenBlas.threads()).isEqualTo(1));
            assertThat(OpenBlas.threads()).isEqualTo(1);
          });
      assertThat(OpenBlas.threads()).isEqualTo(2);
    } finally {
      OpenBlas.setThreads(before);
    }
  }
}
