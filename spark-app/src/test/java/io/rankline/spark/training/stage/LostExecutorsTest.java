package io.rankline.spark.training.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.junit.jupiter.api.Test;

class LostExecutorsTest {

  private final LostExecutors lost = new LostExecutors();

  @Test
  void nothingIsSaidOfNone() {
    assertThat(lost.words()).isEmpty();
  }

  @Test
  void oneOrTwoAreNamedWithTheFirstLineOfTheReason() {
    lose("3", "Unable to create executor due to No space left on device\n\tat Executor.main");
    assertThat(lost.words())
        .isEqualTo("lost executor 3 (Unable to create executor due to No space left on device)");

    lose("4", "");
    assertThat(lost.words())
        .isEqualTo(
            "lost executor 3 (Unable to create executor due to No space left on device), executor"
                + " 4 (no reason given)");
  }

  @Test
  void ofManyTheNumberAndTheLatestAreTold() {
    for (int id = 0; id < 31; id++) {
      lose(Integer.toString(id), "worker lost");
    }

    assertThat(lost.words()).isEqualTo("lost 31 executors, at last executor 30 (worker lost)");
  }

  private void lose(String id, String reason) {
    lost.onExecutorRemoved(new SparkListenerExecutorRemoved(0, id, reason));
  }
}
