package io.rankline.feature.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureDriftTest {

  private static final ListLayout LAYOUT =
      RecordSpec.of(
              Map.of(),
              Map.of(
                  "clicks",
                  FixedLenFeature.float32(),
                  "price",
                  FixedLenFeature.float32().withDefault(Float.NaN)))
          .layout();

  @Test
  void dataLikeThatOfTheTrainingHasNotMoved() {
    assertThat(FeatureDrift.of(profile(1, 0, 0.1), profile(2, 0, 0.1)))
        .allSatisfy(drift -> assertThat(drift.index()).isLessThan(0.1));
  }

  @Test
  void whatHasMovedOrIsMissingComesFirst() {
    List<FeatureDrift> moved = FeatureDrift.of(profile(1, 0, 0.1), profile(2, 1, 0.1));
    List<FeatureDrift> missing = FeatureDrift.of(profile(1, 0, 0.1), profile(2, 0, 0.6));

    assertThat(moved).extracting(FeatureDrift::feature).containsExactly("clicks", "price");
    assertThat(moved.get(0).index()).isGreaterThan(FeatureDrift.MUCH);
    assertThat(moved.get(1).index()).isLessThan(0.1);
    assertThat(missing).extracting(FeatureDrift::feature).containsExactly("price", "clicks");
    assertThat(missing.get(0).index()).isGreaterThan(FeatureDrift.MUCH);
    assertThat(missing.get(0).missingNow()).isBetween(0.5, 0.7);
  }

  /** Clicks that are mostly 0, and prices of which some are missing. */
  private static InputProfile profile(long seed, float more, double missing) {
    SplittableRandom random = new SplittableRandom(seed);
    InputProfile.Builder profile = new InputProfile.Builder(LAYOUT);
    for (int q = 0; q < 300; q++) {
      float[] values = new float[20];
      for (int i = 0; i < 20; i += 2) {
        values[i] = more + (random.nextInt(10) < 7 ? 0 : random.nextInt(1, 9));
        values[i + 1] = random.nextDouble() < missing ? Float.NaN : (float) random.nextGaussian();
      }
      profile.add(
          new RankingList(
              LAYOUT,
              10,
              10,
              new float[0],
              values,
              new float[0],
              new float[0],
              List.of(),
              List.of()));
    }
    return profile.build();
  }
}
