package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What deploy/kubernetes/submit hands to spark-submit, what it refuses, and with what it ends. */
class KubernetesSubmitTest {

  @TempDir Path folder;

  private SparkHome spark = new SparkHome(Path.of(""));

  /**
   * A spark-submit that shows its words and settings, and tells one state of a pod after the other.
   */
  @BeforeEach
  void makeSpark() throws IOException {
    spark =
        SparkHome.whoseSubmitIs(
            folder,
            """
            #!/bin/sh
            here=$(dirname "$0")/..
            case " $* " in
              *' --status '*)
                cat "$here/state" >&2
                [ ! -f "$here/next" ] || mv "$here/next" "$here/state"
                exit 0
                ;;
            esac
            printf '%s\n' "$@"
            for file in "$SPARK_CONF_DIR"/*; do echo "file ${file##*/}: $(cat "$file")"; done
            """);
    Files.createDirectories(folder.resolve("conf"));
    Files.writeString(folder.resolve("conf/spark-defaults.conf"), "spark.ui.enabled false");
    Files.writeString(folder.resolve("run.conf"), "include \"features.conf\"");
    Files.writeString(folder.resolve("features.conf"), "a = 1");
    state("state", "Succeeded", "terminated", "exit code: 0");
  }

  @Test
  void filesOfThisMachineGoIntoTheConfigMapAndAreNamedThere() {
    SparkSubmit.Ended run =
        submit(
            "--files",
            folder.resolve("run.conf") + ",s3a://shop/a," + folder.resolve("features.conf"),
            "--",
            "train",
            "run.conf",
            "--set",
            "a=b c");

    List<String> words = run.out().lines().toList();
    assertThat(run.status()).as(run.all()).isZero();
    assertThat(words)
        .containsSubsequence("--files", "s3a://shop/a", "--class")
        .containsSubsequence(
            "local:///opt/rankline/rankline.jar",
            "train",
            "/opt/spark/conf/run.conf",
            "--set",
            "a=b c")
        .contains(
            "file run.conf: include \"features.conf\"",
            "file features.conf: a = 1",
            "file spark-defaults.conf: spark.ui.enabled false");
  }

  @Test
  void theDriverGetsThreadsAccountTemplatesAndAShortLog() {
    SparkSubmit.Ended run = submit("--", "train", "run.conf");

    assertThat(run.out().lines())
        .containsSubsequence("--deploy-mode", "cluster")
        .contains(
            "spark.kubernetes.driverEnv.OMP_NUM_THREADS=2",
            "spark.kubernetes.driverEnv.LC_ALL=C.UTF-8",
            "spark.kubernetes.container.image=registry.example.com/rankline:1",
            "spark.kubernetes.authenticate.driver.serviceAccountName=rankline",
            "spark.kubernetes.namespace=rankline",
            "spark.kubernetes.driver.podTemplateFile="
                + Built.inRepository("deploy/kubernetes/driver.yaml"),
            "spark.kubernetes.executor.podTemplateFile="
                + Built.inRepository("deploy/kubernetes/executor.yaml"))
        .anyMatch(line -> line.matches("spark.kubernetes.driver.pod.name=rankline-train-\\d+-.*"))
        .filteredOn(line -> line.contains("ActiveProcessorCount"))
        .hasSize(2)
        .allMatch(
            line ->
                line.contains(
                    "-Dlog4j2.configurationFile=jar:file:/opt/rankline/rankline.jar!/log4j2"));
  }

  @ParameterizedTest
  @CsvSource({
    "Succeeded, terminated, exit code: 0, 0",
    "Failed, terminated, exit code: 3, 3",
    "Failed, terminated, exit code: 137, 137",
    // A container beside the driver's still runs.
    "Running, terminated, exit code: 1, 1",
    // Evicted before it began.
    "Failed, waiting, pending reason: ContainerCreating, 1"
  })
  void theStatusIsThatOfTheDriver(String phase, String container, String line, int status)
      throws IOException {
    state("state", phase, container, line);

    assertThat(submit("--", "train", "run.conf").status()).isEqualTo(status);
  }

  @Test
  void aSubmitterThatLostSightOfThePodWaitsForItsEnd() throws IOException {
    state("state", "Running", "running", "");
    state("next", "Failed", "terminated", "exit code: 2");

    SparkSubmit.Ended run =
        submit("--conf", "spark.kubernetes.driver.pod.name=p", "--", "train", "run.conf");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            """
            rankline: driver is pod p of namespace rankline
            rankline: the driver failed with status 2; its log: kubectl logs --namespace rankline p
            """);
  }

  @Test
  void whatCannotWorkIsRefused() throws IOException {
    Path spark = Files.writeString(folder.resolve("spark-run.conf"), "");
    Path large = Files.writeString(folder.resolve("words.txt"), "x".repeat(1100 * 1024));

    assertThat(refusal(submission().with("RANKLINE_IMAGE", ""), "--", "train"))
        .isEqualTo(
            "rankline: RANKLINE_IMAGE is not set; it names the image that"
                + " deploy/kubernetes/Dockerfile makes\n");
    assertThat(refusal(submission(), "--master", "yarn", "--", "train"))
        .isEqualTo(
            "rankline: --master must be k8s:// and the address of the API server, as kubectl"
                + " cluster-info tells it, got 'yarn'\n");
    assertThat(refusal(submission(), "--deploy-mode=client", "--", "train"))
        .isEqualTo("rankline: --deploy-mode must be cluster, got 'client'; the driver is a pod\n");
    assertThat(refusal(submission(), "--files", "/nowhere.conf", "--", "train"))
        .isEqualTo("rankline: --files names no file of this machine: /nowhere.conf\n");
    assertThat(refusal(submission(), "--files", spark.toString(), "--", "train"))
        .isEqualTo(
            "rankline: Spark leaves files with such names out of a driver's ConfigMap; rename it,"
                + " or name a file of a storage: %s\n".formatted(spark));
    assertThat(refusal(submission(), "--files", large.toString(), "--", "train"))
        .isEqualTo(
            "rankline: what --files names and %s/conf are 1100 KiB, and a ConfigMap holds 1024; put"
                    .formatted(folder)
                + " vocabularies and the like on a storage\n");
    assertThat(refusal(submission(), "train", "run.conf"))
        .startsWith("rankline: put -- between the options of spark-submit and the command");
  }

  private void state(String name, String phase, String container, String line) throws IOException {
    Files.writeString(
        folder.resolve(name),
        """
        Application status (driver):
        \t phase: %s
        \t container status:
        \t\t container name: proxy
        \t\t container state: terminated
        \t\t exit code: 9
        \t\t container name: spark-kubernetes-driver
        \t\t container state: %s
        \t\t %s
        """
            .formatted(phase, container, line));
  }

  private String refusal(SparkSubmit submission, String... words) {
    List<String> all = new ArrayList<>(List.of("--master", "k8s://https://cluster:6443"));
    all.addAll(List.of(words));
    SparkSubmit.Ended run =
        submission.runScript("deploy/kubernetes/submit", all.toArray(String[]::new));
    assertThat(run.status()).isEqualTo(1);
    return run.err();
  }

  private SparkSubmit.Ended submit(String... words) {
    List<String> all = new ArrayList<>(List.of("--master", "k8s://https://cluster:6443"));
    all.addAll(List.of(words));
    return submission().runScript("deploy/kubernetes/submit", all.toArray(String[]::new));
  }

  private SparkSubmit submission() {
    return new SparkSubmit(spark)
        .with("RANKLINE_IMAGE", "registry.example.com/rankline:1")
        .with("RANKLINE_DRIVER_CORES", "2");
  }
}
