package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.rankline.config.RunConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests of deploy/kubernetes. */
class ManifestsTest {

  private static final Path FOLDER = Built.inRepository("deploy/kubernetes");

  @ParameterizedTest
  @ValueSource(strings = {"driver", "executor", "rbac", "configuration", "secrets"})
  void kindsOfKubernetesHaveNoUnknownFields(String name) throws IOException {
    for (JsonNode manifest : Manifests.read(FOLDER.resolve(name + ".yaml"))) {
      assertThat(Manifests.typed(manifest, manifest.get("kind").asText())).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubeflow", "apache"})
  void kindsOfOperatorsHaveFieldsOfTheirDefinitions(String name) throws IOException {
    for (JsonNode manifest : Manifests.read(FOLDER.resolve("operators/" + name + ".yaml"))) {
      assertThat(Manifests.faults(manifest)).isEmpty();
    }
  }

  @Test
  void whatIsNoFieldIsFound() throws IOException {
    JsonNode pod = Manifests.read(FOLDER.resolve("driver.yaml")).get(0);
    ((ObjectNode) pod.at("/spec/containers/0")).put("volumeMount", "x");
    JsonNode application = Manifests.read(FOLDER.resolve("operators/kubeflow.yaml")).get(0);
    ObjectNode spec = (ObjectNode) application.get("spec");
    spec.put("executors", 8);
    spec.put("mode", "clusters");
    ((ObjectNode) spec.get("executor")).put("cores", "4");
    ((ObjectNode) spec.at("/driver/securityContext")).put("readOnlyRoot", true);

    assertThatThrownBy(() -> Manifests.typed(pod, "Pod"))
        .hasMessageContaining("Unrecognized field \"volumeMount\"");
    assertThat(Manifests.faults(application))
        .hasSize(4)
        .contains(
            "spec.executors is unknown",
            "spec.mode must be cluster|client, got \"clusters\"",
            "spec.executor.cores must be integer, got \"4\"")
        .anyMatch(fault -> fault.startsWith("spec.driver.securityContext: Unrecognized field"));
  }

  @Test
  void podsAreNotRootAndWriteOnlyWhereTheyMount() throws IOException {
    for (String name : List.of("driver", "executor")) {
      Pod pod = (Pod) Manifests.typed(Manifests.read(FOLDER.resolve(name + ".yaml")).get(0), "Pod");

      assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(185);
      assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSpec().getContainers())
          .singleElement()
          .satisfies(
              container -> {
                assertThat(container.getName()).isEqualTo("spark-kubernetes-" + name);
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
              });
    }
  }

  /** Spark makes, watches and deletes pods and the like by label, and logs are read by people. */
  @Test
  void theAccountMayDoWhatSparkDoes() throws IOException {
    JsonNode manifest = Manifests.read(FOLDER.resolve("rbac.yaml")).get(2);
    Role role = (Role) Manifests.typed(manifest, "Role");

    assertThat(role.getRules().get(0).getResources())
        .containsExactly("pods", "services", "configmaps", "persistentvolumeclaims");
    assertThat(role.getRules().get(0).getVerbs())
        .containsExactlyInAnyOrder(
            "create", "get", "list", "watch", "update", "patch", "delete", "deletecollection");
  }

  @Test
  void theConfigurationIsOne() throws IOException {
    JsonNode manifest = Manifests.read(FOLDER.resolve("configuration.yaml")).get(0);
    ConfigMap map = (ConfigMap) Manifests.typed(manifest, "ConfigMap");

    String text = String.valueOf(map.getData().get("run.conf"));
    assertThat(text).contains("strategy = MultiWorkerMirroredStrategy");
    // The strategies of clusters belong to the application.
    RunConfig run = RunConfig.parse(text, FOLDER, List.of("pipeline.strategy=MirroredStrategy"));
    assertThat(run.hparams().modelDir()).isEqualTo("s3a://shop/training");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubeflow", "apache"})
  void memoryIsThatOfTheDocumentation(String name) throws IOException {
    for (JsonNode manifest : Manifests.read(FOLDER.resolve("operators/" + name + ".yaml"))) {
      String text = manifest.toString();

      int heap = 2048;
      int container = heap + 2048 + 384 + heap / 10;
      assertThat(occurrences(text, "emory\":\"" + heap + "m")).isEqualTo(2);
      assertThat(occurrences(text, "emoryOverhead\":\"" + (container - heap) + "m")).isEqualTo(2);
      assertThat(occurrences(text, "maxphysicalbytes=" + container + "m")).isEqualTo(2);
    }
  }

  @Test
  void trainingsOfAScheduleDoNotOverlap() throws IOException {
    JsonNode schedule = Manifests.read(FOLDER.resolve("operators/kubeflow.yaml")).get(1);

    assertThat(schedule.at("/spec/concurrencyPolicy")).isEqualTo(TextNode.valueOf("Forbid"));
  }

  @Test
  void alertsAndDashboardAreWellFormed() throws IOException {
    Metrics.requireWellFormed();
  }

  private static long occurrences(String text, String part) {
    return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
  }
}
