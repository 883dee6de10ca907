package io.rankline.feature.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MissingIndicatorTest {

  private static final float[] ROWS = {3, Float.NaN, Float.NaN, 0};

  @Test
  void indicatorsComeBehindTheValues() {
    float[] out = new float[8];

    new MissingIndicator(true).apply(ROWS, 2, 2, out);

    assertThat(out).containsExactly(3, Float.NaN, 0, 1, Float.NaN, 0, 1, 0);
  }

  @Test
  void indicatorsMayStandAlone() {
    float[] out = new float[4];

    new MissingIndicator(false).apply(ROWS, 2, 2, out);

    assertThat(out).containsExactly(0, 1, 1, 0);
  }

  @Test
  void itIsReadFromTextBehindOthers() {
    TransformChain expected = new TransformChain(List.of(Transform.LOG1P, Transform.MISSING));

    assertThat(TransformText.parse("rating = [log1p, missing]", "test"))
        .isEqualTo(Map.of("rating", expected));
    assertThat(expected.width(1)).isEqualTo(2);
  }
}
