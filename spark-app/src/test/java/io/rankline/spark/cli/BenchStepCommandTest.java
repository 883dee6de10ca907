package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.model.kernel.RowThreads;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BenchStepCommandTest {

  private final int threads = RowThreads.count();

  @AfterEach
  void restoreThreads() {
    RowThreads.use(threads);
  }

  @Test
  void theLastLineIsTheRatio() {
    CommandRun run =
        CommandRun.of(
            "bench-step",
            "--lists",
            4,
            "--list-size",
            6,
            "--valid-per-list",
            4,
            "--features",
            5,
            "--hidden-layer-dims",
            "8,4",
            "--steps",
            3,
            "--threads",
            1);

    assertThat(run.status()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(1))
        .isEqualTo(
            "batch: 4 lists of up to 6, 16 items, 5 features; hidden layers [8, 4]; 1 threads");
    assertThat(lines.get(lines.size() - 1)).matches("ratio to GEMM: \\d+\\.\\d\\d");
  }

  @Test
  void optionsOutOfRangeAreWrongUsage() {
    CommandRun run =
        CommandRun.of("bench-step", "--list-size", 10, "--dropout", 1, "--hidden-layer-dims", 0);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "rankline: valid-per-list must be in [1, list-size], [1, 10], got 200;"
                + " hidden-layer-dims must be widths of 1 or more, got [0]; dropout must be in"
                + " [0, 1), got 1.0\n");
  }
}
