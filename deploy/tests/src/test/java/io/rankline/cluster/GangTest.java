package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/kubernetes/submit tells schedulers that start driver and executors together. */
class GangTest {

  private static final String ROLE = "spark.kubernetes.%s.annotation.yunikorn.apache.org/";

  @TempDir Path folder;

  private SparkHome spark = new SparkHome(Path.of(""));

  /** A spark-submit that shows its words and keeps the group of pods. */
  @BeforeEach
  void makeSpark() throws IOException {
    spark =
        SparkHome.whoseSubmitIs(
            folder,
            """
            #!/bin/sh
            case " $* " in
              *' --status '*)
                printf ' phase: Succeeded\\n'
                exit 0
                ;;
            esac
            printf '%s\\n' "$@"
            for word; do
              case $word in
                *podGroupTemplateFile=*) cp "${word#*=}" "$(dirname "$0")/../group.yaml" ;;
              esac
            done
            """);
  }

  @Test
  void yunikornGetsTheGroupsOfDriverAndExecutors() throws IOException {
    SparkSubmit.Ended run = submit(gang("yunikorn"), "--num-executors", "8");

    List<String> words = run.out().lines().toList();
    assertThat(run.status()).as(run.all()).isZero();
    assertThat(words).contains("spark.kubernetes.scheduler.name=yunikorn");
    for (String role : List.of("driver", "executor")) {
      assertThat(words)
          .contains(
              "spark.kubernetes.%s.label.queue=root.default".formatted(role),
              ROLE.formatted(role) + "app-id={{APP_ID}}",
              ROLE.formatted(role) + "task-group-name=spark-" + role);
    }
    String groups =
        words.stream()
            .filter(word -> word.contains("/task-groups="))
            .findFirst()
            .orElseThrow()
            .replaceFirst("[^=]*=", "");
    JsonNode read = new ObjectMapper().readTree(groups);
    assertThat(read).hasSize(2);
    // Heap, off-heap, 384 and a tenth of the heap.
    assertGroup(read.get(0), "spark-driver", 1, "1");
    assertGroup(read.get(1), "spark-executor", 8, "1");
  }

  @Test
  void volcanoGetsWhatDriverAndExecutorsTakeTogether() throws IOException {
    Files.createFile(
        Files.createDirectories(folder.resolve("jars")).resolve("volcano-model-1.jar"));

    SparkSubmit.Ended run =
        submit(
            gang("volcano").with("RANKLINE_QUEUE", "nightly").with("RANKLINE_EXECUTOR_CORES", "4"),
            "--conf",
            "spark.executor.instances=3");

    assertThat(run.status()).as(run.all()).isZero();
    assertThat(run.out().lines())
        .contains(
            "spark.kubernetes.scheduler.name=volcano",
            "spark.kubernetes.driver.pod.featureSteps="
                + "org.apache.spark.deploy.k8s.features.VolcanoFeatureStep",
            "spark.kubernetes.executor.pod.featureSteps="
                + "org.apache.spark.deploy.k8s.features.VolcanoFeatureStep");
    JsonNode group = Manifests.read(folder.resolve("group.yaml")).get(0);
    assertThat(Manifests.faults(group)).isEmpty();
    assertThat(group.at("/spec/minMember").asInt()).isEqualTo(1);
    assertThat(group.at("/spec/queue").asText()).isEqualTo("nightly");
    assertThat(group.at("/spec/minResources/cpu").asText()).isEqualTo("13");
    assertThat(group.at("/spec/minResources/memory").asText()).isEqualTo(4 * 4684 + "Mi");
  }

  @Test
  void theGroupInTheRepositoryHasFieldsOfItsDefinition() throws IOException {
    JsonNode group =
        Manifests.read(Built.inRepository("deploy/kubernetes/gang/volcano.yaml")).get(0);

    assertThat(Manifests.faults(group)).isEmpty();
  }

  @Test
  void whatCannotWorkIsRefused() {
    assertThat(submit(gang("kueue")).err())
        .isEqualTo("rankline: RANKLINE_GANG must be volcano or yunikorn, got 'kueue'\n");
    assertThat(submit(gang("yunikorn"), "--num-executors", "all").err())
        .isEqualTo("rankline: RANKLINE_GANG needs the number of executors, got 'all'\n");
    assertThat(submit(gang("volcano")).err())
        .isEqualTo(
            "rankline: this Spark has no classes for Volcano (jars/volcano-model-*.jar of %s); its"
                    .formatted(folder)
                + " build needs -Pvolcano\n");
  }

  private static void assertGroup(JsonNode group, String name, int members, String cpus) {
    assertThat(group.fieldNames()).toIterable().containsExactly("name", "minMember", "minResource");
    assertThat(group.get("name").asText()).isEqualTo(name);
    assertThat(group.get("minMember").asInt()).isEqualTo(members);
    assertThat(group.at("/minResource/cpu").asText()).isEqualTo(cpus);
    assertThat(Quantity.parse(group.at("/minResource/memory").asText()).getNumericalAmount())
        .isEqualByComparingTo(Quantity.parse("4684Mi").getNumericalAmount());
  }

  private SparkSubmit gang(String scheduler) {
    return new SparkSubmit(spark)
        .with("RANKLINE_IMAGE", "registry.example.com/rankline:1")
        .with("RANKLINE_GANG", scheduler);
  }

  private static SparkSubmit.Ended submit(SparkSubmit submission, String... options) {
    List<String> words = new ArrayList<>(List.of("--master", "k8s://https://cluster:6443"));
    words.addAll(List.of(options));
    words.addAll(List.of("--", "train", "run.conf"));
    return submission.runScript("deploy/kubernetes/submit", words.toArray(String[]::new));
  }
}
