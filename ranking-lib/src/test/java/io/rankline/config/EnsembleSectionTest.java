package io.rankline.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.model.Combine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnsembleSectionTest {

  @ParameterizedTest(name = "{0} members on {1} processors and {2} GiB")
  @CsvSource({
    "5, 2, 8, 3", // then 2: a round of one would leave a processor idle
    "4, 2, 8, 2",
    "3, 2, 8, 3",
    "5, 16, 8, 5",
    "20, 2, 8, 2",
    "5, 2, 2, 2",
    "5, 2, 0, 1",
  })
  void asManyAreTrainedSideBySideAsThereAreProcessorsAndMemoryFor(
      int members, int processors, long gib, int expected) {
    EnsembleSection section =
        new EnsembleSection(members, Combine.STANDARDIZED, List.of(), null, false);

    assertThat(section.sideBySide(processors, gib << 30)).isEqualTo(expected);
  }
}
