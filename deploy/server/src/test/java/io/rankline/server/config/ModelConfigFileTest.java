package io.rankline.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.server.model.ModelSettings;
import io.rankline.server.model.VersionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigFileTest {

  @Test
  void modelsPoliciesAndLabelsAreRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("models.config");
    Files.writeString(
        file,
        """
        # two models
        model_config_list: {
          config {
            name: "shop", base_path: '/models/' "shop";
            model_platform: "tensorflow"
            model_version_policy { specific { versions: 4 versions: [5, 6] } }
            version_labels { key: "stable" value: 4 }
            version_labels < key: 'canary' value: 5 >
          }
          config { name: "all" base_path: "hdfs://n/a" model_version_policy: { all: {} } }
          config { name: "two" base_path: "/b" model_version_policy { latest { num_versions: 2 } } }
          config { name: "one" base_path: "/c" model_version_policy { latest {} } }
        }
        """);

    assertThat(new ModelConfigFile(file).read())
        .containsExactly(
            new ModelSettings(
                "shop",
                "/models/shop",
                new VersionPolicy.Specific(new TreeSet<>(List.of(4L, 5L, 6L))),
                Map.of("stable", 4L, "canary", 5L)),
            new ModelSettings("all", "hdfs://n/a", new VersionPolicy.All(), Map.of()),
            new ModelSettings("two", "/b", new VersionPolicy.Latest(2), Map.of()),
            ModelSettings.latest("one", "/c"));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|f:1: names no model; expected model_config_list { config { name base_path } }",
        "models {}|f:1: unknown field 'models'; known here: model_config_list",
        "model_config_list { config { name: \"a\" }|f:1: expected the name of a field or '}', got"
            + " the end",
        "model_config_list { config { name \"a\" } }|f:1: expected ':' or '{' after the name of a"
            + " field",
        "model_config_list { config { name: \"a } }|f:1: a text lacks its closing \"",
        "model_config_list { config { name: \"a\" } }|f:1: base_path of model 'a' must be a folder,"
            + " got ''",
        "model_config_list { config { name: \"a/b\" base_path: \"x\" } }|f:1: name must be one"
            + " character or more, without '/' and ':', got 'a/b'",
        "model_config_list { config { name: \"a\" base_path: \"x\" model_version_policy { latest {"
            + " num_versions: x } } } }|f:1: 'num_versions' must be a whole number, got 'x'",
        "model_config_list { config { name: \"a\" base_path: \"x\" model_version_policy { latest {"
            + " num_versions: 0 } } } }|f:1: num_versions must be 1 or more, got 0",
        "model_config_list: 5|f:1: 'model_config_list' must be a message in { }",
        "model_config_list { config { name: {} } }|f:1: 'name' must be a value, got a message",
      })
  void faultsHaveTheirLine(String text, String fault) {
    assertThatThrownBy(() -> ModelConfigFile.parse("f", text))
        .isInstanceOf(ConfigException.class)
        .hasMessage(fault);
  }

  @Test
  void depthIsLimited() {
    assertThatThrownBy(() -> ModelConfigFile.parse("f", "a {".repeat(100_000)))
        .isInstanceOf(ConfigException.class)
        .hasMessage("f:1: messages must be nested 20 deep or less");
  }

  @Test
  void thePathOfMetricsIsRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("monitoring.config");
    Files.writeString(file, "prometheus_config { enable: true, path: \"/metrics\" }");

    assertThat(MonitoringConfigFile.metricsPath(file)).hasValue("/metrics");
  }
}
