package io.rankline.feature.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.FloatColumn;
import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.text.Hocon;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InputProfileTest {

  private static final ListLayout LAYOUT =
      RecordSpec.of(
              Map.of("hour", FixedLenFeature.float32()),
              Map.of(
                  "price",
                  FixedLenFeature.float32().withDefault(Float.NaN),
                  "ratings",
                  new VarLenFeature(DType.FLOAT32)))
          .layout();

  @Test
  void tellsSizesMissingValuesAndQuantilesOfEachFeature() {
    InputProfile profile = profile(list(9, Float.NaN, 3), list(17, 1, 2));

    assertThat(profile.lists()).isEqualTo(2);
    assertThat(profile.sizes()).containsExactly(2);
    assertThat(profile.context())
        .containsOnly(Map.entry("hour", new ColumnProfile(2, 0, List.of(1), List.of(9f, 17f))));
    assertThat(profile.examples())
        .containsOnly(
            Map.entry("price", new ColumnProfile(4, 0.25, List.of(1), List.of(1f, 2f, 3f))),
            Map.entry(
                "ratings", new ColumnProfile(4, 0, List.of(0, 0, 2, 2), List.of(4f, 4f, 5f, 5f))));
  }

  @Test
  void ofManyValuesQuantilesAreKeptAloneAndStandFarFromEachOther() {
    InputProfile.Builder builder = new InputProfile.Builder(LAYOUT);
    for (int q = 0; q < 10_000; q++) {
      builder.add(list(q, q, q));
    }

    ColumnProfile hours = Objects.requireNonNull(builder.build().context().get("hour"));

    assertThat(hours.rows()).isEqualTo(10_000);
    assertThat(hours.numbers()).hasSize(65).isSorted();
    for (int k = 0; k < 65; k++) {
      assertThat(hours.numbers().get(k).doubleValue())
          .isBetween(10_000 * (k / 64.0 - 0.05), 10_000 * (k / 64.0 + 0.05));
    }
  }

  @Test
  void readsBackFromTextAsItWas() {
    InputProfile profile = profile(list(9, Float.NaN, 3), list(0.1f, 1e-30f, 2));
    String text = Hocon.renderFormatted(RecordCodec.write(profile));

    Section section = Section.parse(text, "profile.json");

    assertThat(RecordCodec.of(InputProfile.class).read(section)).isEqualTo(profile);
    section.finish();
  }

  private static InputProfile profile(RankingList... lists) {
    InputProfile.Builder builder = new InputProfile.Builder(LAYOUT);
    for (RankingList list : lists) {
      builder.add(list);
    }
    return builder.build();
  }

  /** Two items, the first of which has two ratings. */
  private static RankingList list(float hour, float firstPrice, float secondPrice) {
    return new RankingList(
        LAYOUT,
        2,
        2,
        new float[] {hour},
        new float[] {firstPrice, secondPrice},
        new float[0],
        new float[0],
        List.of(),
        List.of(new FloatColumn(new float[] {4, 5}, new int[] {0, 2, 2})));
  }
}
