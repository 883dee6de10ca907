package io.rankline.model.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowThreadsTest {

  private final int threads = RowThreads.count();

  @AfterEach
  void restoreThreads() {
    RowThreads.use(threads);
  }

  @ParameterizedTest(name = "{0} threads")
  @ValueSource(ints = {1, 2, 5})
  void everyTaskRunsOnce(int count) {
    RowThreads.use(count);
    AtomicIntegerArray runs = new AtomicIntegerArray(33);

    RowThreads.each(33, Long.MAX_VALUE, () -> "own", (own, task) -> runs.incrementAndGet(task));

    for (int task = 0; task < 33; task++) {
      assertThat(runs.get(task)).isEqualTo(1);
    }
  }

  @Test
  void aFailureInAnyPartReachesTheCaller() {
    assertThatThrownBy(
            () ->
                RowThreads.run(
                    3,
                    30,
                    (worker, from, to) -> {
                      if (worker == 2) {
                        throw new ArithmeticException("worker 2");
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a part of the rows could not be computed")
        .hasRootCauseMessage("worker 2");
  }

  @Test
  void threadsBelowOneAreRefused() {
    assertThatThrownBy(() -> RowThreads.use(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be 1 or more, got 0");
  }
}
