package io.rankline.spark.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.feature.DType;
import io.rankline.spark.terminal.UsageException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "custom_features_1, 1",
    "custom_features_136, 136",
    "custom_features_, -1",
    "custom_features_0, -1",
    "custom_features_01, -1",
    "custom_features_x, -1",
    "custom_features_9999999999, -1",
    "features_1, -1",
    "utility, -1",
  })
  void readsIdsFromNames(String name, int id) {
    assertThat(naming("custom_features_%d").featureId(name)).isEqualTo(id);
  }

  @Test
  void theIdMayStandInside() {
    Naming naming = naming("f%d_norm");

    assertThat(naming.featureName(12)).isEqualTo("f12_norm");
    assertThat(naming.featureId("f12_norm")).isEqualTo(12);
    assertThat(naming.featureId("f12")).isEqualTo(-1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"feature", "%d_%d"})
  void refusesPatternsThatDoNotTellIdsApart(String pattern) {
    assertThatThrownBy(() -> naming(pattern))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--feature-name-pattern must contain %d once, for the feature id, got '"
                + pattern
                + "'");
  }

  private static Naming naming(String pattern) {
    return new Naming("qid", "utility", DType.INT64, Set.of(), pattern);
  }
}
