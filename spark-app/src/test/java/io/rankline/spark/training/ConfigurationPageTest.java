package io.rankline.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.config.ConfigurationKeys;
import io.rankline.text.OptionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of keys says what the code says. */
class ConfigurationPageTest {

  static final String COMMAND =
      "mvn test -pl ranking-lib,spark-app -am -Dtest=ConfigurationPageTest"
          + " \\\n    -Drankline.page=write -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void thePageOfKeysIsThatOfTheCode() throws IOException {
    if ("write".equals(System.getProperty("rankline.page"))) {
      ConfigurationPage.main(new String[0]);
    }

    assertThat(Files.readString(ConfigurationPage.FILE))
        .as("docs/configuration.md is stale; renew it with: " + COMMAND)
        .isEqualTo(ConfigurationPage.text());
  }

  @Test
  void everyKeyHasAMeaning() {
    assertThat(
            Stream.of(
                    ConfigurationKeys.ofData(),
                    ConfigurationKeys.ofModel(),
                    ConfigurationKeys.ofPipeline(),
                    ConfigurationKeys.shortcuts(),
                    ConfigurationKeys.ofSyntheticData(),
                    ConfigurationKeys.ofEnsemble())
                .flatMap(List::stream))
        .extracting(OptionSpec::meaning)
        .doesNotContain("");
  }
}
