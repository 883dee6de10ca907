package io.rankline.spark.training.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.model.kernel.Precision;
import io.rankline.model.layer.trained.TrainingPrecision;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeLibrariesTest {

  private static final List<String> HOSTS =
      List.of("executor 0 on a", "executor 1 on b", "executor 2 on c");

  private static final TrainingPrecision FLOAT32 = new TrainingPrecision(Precision.FLOAT32, false);

  @Test
  void theSameOnAllWorkersIsNoDifference() {
    String here = NativeLibraries.here(FLOAT32);

    assertThat(NativeLibraries.differences(List.of(here, here, here), HOSTS)).isEmpty();
  }

  @Test
  void workersThatDifferFromTheFirstOneAreNamedWithWhatTheyHave() {
    assertThat(NativeLibraries.differences(List.of("CPU x", "GPU y", "CPU x"), HOSTS))
        .isEqualTo(
            "all executors must compute with the same native libraries and precision; executor 0 on"
                + " a has CPU x, but executor 1 on b has GPU y; ship the same jars to all of them,"
                + " and leave precision at float32 where their processors differ");
  }

  @Test
  void allThatDifferAreNamed() {
    assertThat(NativeLibraries.differences(List.of("CPU x", "GPU y", "CPU z"), HOSTS))
        .contains("executor 1 on b has GPU y, executor 2 on c has CPU z");
  }

  @Test
  void aTrainingInBfloat16NamesWhatItsProductsAreComputedIn() {
    TrainingPrecision mixed = new TrainingPrecision(Precision.MIXED_BFLOAT16, false);

    assertThat(NativeLibraries.here(FLOAT32)).startsWith("products in float32, ");
    assertThat(NativeLibraries.here(mixed)).startsWith("products in " + mixed.here() + ", ");
  }

  @Test
  void thisProcessNamesBackendReleaseAndPlatform() {
    assertThat(NativeLibraries.here(FLOAT32))
        .contains("ND4J", System.getProperty("os.name"), System.getProperty("os.arch"));
  }
}
