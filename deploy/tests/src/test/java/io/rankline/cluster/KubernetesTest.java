package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on Kubernetes: Spark's own client and scheduler, an API server, pods as processes. */
@Tag("cluster")
class KubernetesTest {

  @TempDir static Path folder;

  private static SparkHome spark = new SparkHome(Path.of(""));
  private static KubernetesApi api;
  private static KubernetesClient client;
  private static ProcessKubelet kubelet;

  @BeforeAll
  static void start() throws IOException {
    spark = SparkHome.make();
    api = KubernetesApi.start();
    client = api.client();
    Path application = Files.createDirectories(folder.resolve("image"));
    Files.createSymbolicLink(application.resolve("rankline.jar"), Built.assembledJar());
    Map<String, String> folders = Map.of("/opt/rankline", application.toString());
    kubelet = ProcessKubelet.start(api, new PodImage(spark, folders, api.url()));
    SyntheticElwc.write(
        FileSystem.getLocal(new Configuration()),
        new org.apache.hadoop.fs.Path(folder.toString(), "data"));
  }

  @AfterAll
  static void stop() {
    kubelet.close();
    client.close();
    api.close();
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aTrainingEndsWithItsModelThoughAnExecutorIsLost() throws Exception {
    Path file = configuration("trained", TrainingFile.STRATEGY);
    int webPort = Ports.free(1).get(0);
    CompletableFuture<SparkSubmit.Ended> submission =
        CompletableFuture.supplyAsync(
            () ->
                submit(
                    "--num-executors",
                    "2",
                    "--files",
                    file.toString(),
                    "--conf",
                    "spark.kubernetes.driver.pod.name=trained",
                    "--conf",
                    "spark.ui.port=" + webPort,
                    "--",
                    "train",
                    "trained.conf",
                    "--set",
                    "pipeline.num_epochs=12"));

    String victim = executorAfter("trained", "epoch 3/12", submission);
    String metrics = HttpJson.text(webPort, "/metrics/prometheus/");
    kubelet.kill(victim);
    Files.writeString(kubelet.log("metrics"), metrics);
    SparkSubmit.Ended run = submission.get();

    Metrics.requireThoseOfDocuments(metrics);
    String log = Files.readString(kubelet.log("trained"));
    assertThat(run.status()).as("%s%n%s", run.all(), log).isZero();
    assertThat(told(run)).containsExactly("rankline: driver is pod trained of namespace rankline");
    assertThat(log)
        .contains("epoch 12/12", "this model (epoch ", "model   " + folder.resolve("trained"))
        .doesNotContain(" INFO ");
    assertThat(log.lines().count()).as(log).isLessThan(60);
    assertThat(kubelet.started("rankline-.*-exec-\\d+"))
        .as("two executors, and one in the place of the one that was lost")
        .hasSize(3);
    assertThat(
            SavedRankingModel.load(folder.resolve("trained/export/best_model_by_metric").toString())
                .predict(SyntheticElwc.records(0, 1).get(0)))
        .isNotEmpty();
  }

  @Test
  void aDriverThatFailsGivesItsStatusToTheSubmitter() throws IOException {
    Path file = configuration("failed", "OneDeviceStrategy");

    SparkSubmit.Ended run =
        submit(
            "--files=" + file,
            "--conf",
            "spark.kubernetes.driver.pod.name=failed",
            "--",
            "train",
            "failed.conf");

    assertThat(run.status()).as(run.all()).isEqualTo(1);
    assertThat(told(run))
        .containsExactly(
            "rankline: driver is pod failed of namespace rankline",
            "rankline: the driver failed with status 1; its log: kubectl logs --namespace rankline"
                + " failed");
    assertThat(Files.readString(kubelet.log("failed")))
        .contains("rankline: ", "unknown strategy 'OneDeviceStrategy'");
    Pod pod = client.pods().inNamespace("rankline").withName("failed").get();
    assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("rankline");
    assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(185);
    Container container = pod.getSpec().getContainers().get(0);
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getResources().getLimits())
        .containsEntry("memory", new Quantity(512 + 256 + 384 + 51 + "Mi"));
    assertThat(container.getEnv())
        .contains(
            new EnvVar("OMP_NUM_THREADS", "1", null),
            new EnvVar("OPENBLAS_CORETYPE", "Haswell", null));
  }

  /** Without what the JVM tells of its options. */
  private static List<String> told(SparkSubmit.Ended run) {
    return run.err()
        .lines()
        .filter(line -> !line.startsWith("NOTE: "))
        // Spark closes its client of Kubernetes while events still come, and at times one is late.
        .filter(line -> !line.contains("rejected from java.util.concurrent.ThreadPoolExecutor"))
        .filter(line -> !line.startsWith("\tat "))
        .toList();
  }

  /** The last executor of the application, once its driver has told that line. */
  private static String executorAfter(
      String driver, String line, CompletableFuture<SparkSubmit.Ended> submission)
      throws IOException, InterruptedException {
    Path log = kubelet.log(driver);
    while (!Files.exists(log) || !Files.readString(log).contains(line)) {
      assertThat(submission).as("a submission that still runs").isNotDone();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return kubelet.started("rankline-.*-exec-2").get(0);
  }

  private static Path configuration(String name, String strategy) throws IOException {
    return TrainingFile.write(
        folder.resolve(name + ".conf"),
        folder.resolve("data").toString(),
        folder.resolve(name).toString(),
        strategy);
  }

  private static SparkSubmit.Ended submit(String... words) {
    List<String> all = new ArrayList<>(List.of("--master", "k8s://" + api.url()));
    all.addAll(List.of(words));
    return new SparkSubmit(spark)
        .with("RANKLINE_IMAGE", "rankline")
        .with("RANKLINE_DRIVER_HEAP", "512m")
        .with("RANKLINE_DRIVER_OFF_HEAP", "256m")
        .with("RANKLINE_EXECUTOR_HEAP", "512m")
        .with("RANKLINE_EXECUTOR_OFF_HEAP", "256m")
        .with("OPENBLAS_CORETYPE", "Haswell")
        .runScript("deploy/kubernetes/submit", all.toArray(String[]::new));
  }
}
