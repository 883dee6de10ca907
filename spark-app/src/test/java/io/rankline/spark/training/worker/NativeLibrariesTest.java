package io.rankline.spark.training.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {

  private static final List<String> HOSTS =
      List.of("executor 0 on a", "executor 1 on b", "executor 2 on c");

  @Test
  void theSameOnAllWorkersIsNoDifference() {
    String here = NativeLibraries.here();

    assertThat(NativeLibraries.differences(List.of(here, here, here), HOSTS)).isEmpty();
  }

  @Test
  void workersThatDifferFromTheFirstOneAreNamedWithWhatTheyHave() {
    assertThat(NativeLibraries.differences(List.of("CPU x", "GPU y", "CPU x"), HOSTS))
        .isEqualTo(
            "all executors must compute with the same native libraries; executor 0 on a has CPU x,"
                + " but executor 1 on b has GPU y; ship the same jars to all of them");
  }

  @Test
  void allThatDifferAreNamed() {
    assertThat(NativeLibraries.differences(List.of("CPU x", "GPU y", "CPU z"), HOSTS))
        .contains("executor 1 on b has GPU y, executor 2 on c has CPU z");
  }

  @Test
  void thisProcessNamesBackendReleaseAndPlatform() {
    assertThat(NativeLibraries.here())
        .contains("ND4J", System.getProperty("os.name"), System.getProperty("os.arch"));
  }
}
