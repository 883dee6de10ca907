package io.rankline.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.rankline.server.config.ModelConfigFile;
import io.rankline.server.model.ModelSettings;
import io.rankline.server.model.VersionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerChartTest {

  private static final Path CHART = Path.of("../../server/chart");
  private static final String[] EVERYTHING = {
    "grpc.enabled=true",
    "autoscaling.enabled=true",
    "serviceMonitor.enabled=true",
    "tlsSecret=certificate",
    "apiKeySecret=keys",
    "args[0]=--enable-batching",
  };

  /** The manifests of a release "shop", by kind. */
  private static String rendered(String... values) {
    TemplateCommand command = new Helm(CHART).template().withName("shop");
    for (String value : values) {
      int at = value.indexOf('=');
      command.set(value.substring(0, at), value.substring(at + 1));
    }
    return command.call();
  }

  private static List<String> kinds(String manifests) {
    return Pattern.compile("(?m)^kind: (.*)$")
        .matcher(manifests)
        .results()
        .map(match -> match.group(1))
        .sorted()
        .toList();
  }

  @Test
  void helmFindsNoFault() {
    LintResult result = new Helm(CHART).lint().strict().call();

    assertThat(result.isFailed()).as(String.join("; ", result.getMessages())).isFalse();
  }

  @Test
  void aDeploymentAndAServiceAreThereByDefault() {
    assertThat(kinds(rendered())).containsExactly("ConfigMap", "Deployment", "Service");
  }

  @Test
  void scalingAndMonitoringAreThereWhereTheyAreAskedFor() {
    String manifests = rendered(EVERYTHING);

    assertThat(kinds(manifests))
        .containsExactly(
            "ConfigMap", "Deployment", "HorizontalPodAutoscaler", "Service", "ServiceMonitor");
    assertThat(manifests).doesNotContain("replicas: 2\n").contains("averageUtilization: 70\n");
  }

  @Test
  void probesAskWhatTheServerAnswers() {
    for (String scheme : List.of("HTTP", "HTTPS")) {
      String manifests = scheme.equals("HTTP") ? rendered() : rendered(EVERYTHING);
      assertThat(manifests.replaceAll("(?m)^ +", ""))
          .contains(
              """
              readinessProbe:
              httpGet:
              path: /v2/health/ready
              port: rest
              scheme: %s
              """
                  .formatted(scheme))
          .contains("path: /v2/health/live\n");
    }
  }

  @Test
  void everyOptionIsTheServers() throws IOException {
    String page = Files.readString(Path.of("../../../docs/serving.md"));
    List<String> options =
        Pattern.compile("(?m)^ +- \"?(--[a-z-]+)")
            .matcher(rendered(EVERYTHING))
            .results()
            .map(MatchResult::group)
            .map(line -> line.replaceAll("[ \"]|^ +- ", "").substring(1))
            .toList();

    assertThat(options).hasSize(9);
    for (String option : options) {
      assertThat(page).contains("`" + option + "`");
    }
  }

  @Test
  void theServerReadsTheModels(@TempDir Path folder) throws IOException {
    String manifests =
        rendered(
            "models[0].name=shop",
            "models[0].basePath=s3a://models/shop",
            "models[0].versionPolicy=specific { versions: 4 versions: 5 }",
            "models[0].labels.stable=4",
            "models[1].name=web",
            "models[1].basePath=/models/web");
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Arrays.asList(manifests.split("\n"))) {
      inside = (inside && line.startsWith("    ")) || line.equals("  models.config: |");
      if (inside && line.startsWith("    ")) {
        lines.add(line);
      }
    }
    Path file = Files.write(folder.resolve("models.config"), lines);

    assertThat(new ModelConfigFile(file).read())
        .containsExactly(
            new ModelSettings(
                "shop",
                "s3a://models/shop",
                new VersionPolicy.Specific(new TreeSet<>(List.of(4L, 5L))),
                Map.of("stable", 4L)),
            ModelSettings.latest("web", "/models/web"));
  }

  @Test
  void aChartWithoutModelsIsRefused() {
    assertThatThrownBy(() -> rendered("models=")).hasMessageContaining("models must name a model");
  }

  @Test
  void thePodIsNotRootAndWritesNothingButTemporaryFiles() {
    assertThat(rendered())
        .contains("runAsNonRoot: true\n")
        .contains("readOnlyRootFilesystem: true\n")
        .contains("allowPrivilegeEscalation: false\n")
        .contains("drop: [\"ALL\"]\n");
  }
}
