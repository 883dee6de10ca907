package io.rankline.pipeline.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rankline.pipeline.benchmark.SyntheticComparison.Quality;
import io.rankline.pipeline.benchmark.SyntheticComparison.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link SyntheticQualityBenchmark} in small. */
class SyntheticQualityTest {

  private static final Shape SHAPE = new Shape(List.of(32, 16), 400, 400, 30, 6);

  /**
   * Four times what pairs of trainings differ by here (standard deviation over seeds and losses).
   */
  private static final double CHANCE = 0.03;

  @TempDir static Path folder;
  private static SyntheticComparison comparison;
  private static Quality bestFeature;
  private static Quality trueUtility;

  @BeforeAll
  static void makeLists() throws IOException {
    comparison = new SyntheticComparison(SHAPE, 1, folder);
    bestFeature = comparison.bestFeature();
    trueUtility = comparison.trueUtility();
  }

  @ParameterizedTest
  @EnumSource
  void thePipelineRanksAsWellAsTheSameNetworkInPlainLoops(PlainLoss loss) throws IOException {
    Quality pipeline = comparison.pipeline(loss);
    Quality plain = comparison.plain(loss);

    assertThat(pipeline.at10()).isCloseTo(plain.at10(), within(CHANCE));
    assertThat(pipeline.at10()).isBetween(bestFeature.at10(), trueUtility.at10());
  }

  @Test
  void baselinesAreInOrder() {
    assertThat(bestFeature.at10()).isGreaterThan(comparison.random().at10() + 0.1);
    assertThat(trueUtility.at10()).isGreaterThan(bestFeature.at10() + 0.1);
  }
}
