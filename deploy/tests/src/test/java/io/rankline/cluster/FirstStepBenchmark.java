package io.rankline.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * How long it takes from the submission of a training on two executors to its first step, on
 * standalone's client and cluster mode and on Kubernetes, in turns: Spark's own client and
 * scheduler, an API server, pods as processes of this machine.
 */
final class FirstStepBenchmark implements AutoCloseable {

  private static final double NANOS = 1e9;

  /** Kept, so that its level is: the API server would tell of every request. */
  private static final Logger REQUESTS = Logger.getLogger("okhttp3");

  private static final long BETWEEN_LOOKS = 20;
  private static final String STANDALONE = "deploy/standalone/submit";

  private final SparkHome spark = SparkHome.make();
  private final Path folder = Files.createTempDirectory("first-step");
  private final KubernetesApi api = KubernetesApi.start();
  private final ProcessKubelet kubelet;
  private final StandaloneCluster cluster;
  private int runs;

  private FirstStepBenchmark() throws IOException {
    Path application = Files.createDirectories(folder.resolve("image"));
    Files.createSymbolicLink(application.resolve("rankline.jar"), Built.assembledJar());
    this.kubelet =
        ProcessKubelet.start(
            api, new PodImage(spark, Map.of("/opt/rankline", application.toString()), api.url()));
    this.cluster = StandaloneCluster.start(spark, folder.resolve("cluster"), 2);
    SyntheticElwc.write(
        FileSystem.getLocal(new Configuration()),
        new org.apache.hadoop.fs.Path(folder.toString(), "data"));
  }

  /** Takes the number of rounds. */
  public static void main(String[] args) throws Exception {
    REQUESTS.setLevel(Level.OFF);
    try (FirstStepBenchmark benchmark = new FirstStepBenchmark()) {
      System.out.printf("%-6s %-20s %16s %10s%n", "round", "", "first step (s)", "end (s)");
      for (int round = 1; round <= Integer.parseInt(args[0]); round++) {
        List<String> standalone = List.of("--master", benchmark.cluster.master());
        benchmark.measure(round, "standalone, client", STANDALONE, standalone, "");
        List<String> inCluster = new ArrayList<>(standalone);
        inCluster.addAll(List.of("--deploy-mode", "cluster"));
        benchmark.measure(round, "standalone, cluster", STANDALONE, inCluster, "");
        benchmark.measure(
            round,
            "kubernetes",
            "deploy/kubernetes/submit",
            List.of("--master", "k8s://" + benchmark.api.url(), "--num-executors", "2"),
            "--files");
      }
    }
    System.exit(0);
  }

  private void measure(int round, String name, String script, List<String> options, String shipping)
      throws Exception {
    String run = "run-" + runs++;
    Path file =
        TrainingFile.write(
            folder.resolve(run + ".conf"),
            folder.resolve("data").toString(),
            folder.resolve(run).toString(),
            TrainingFile.STRATEGY);
    List<String> words = new ArrayList<>(options);
    if (shipping.isEmpty()) {
      words.addAll(List.of("--conf", "spark.cores.max=2"));
    } else {
      words.addAll(List.of(shipping, file.toString()));
    }
    words.addAll(
        List.of(
            "--",
            "train",
            shipping.isEmpty() ? file.toString() : file.getFileName().toString(),
            "--set=pipeline.num_epochs=1",
            "--set=pipeline.steps_per_epoch=1",
            "--set=pipeline.strategy_options={num_workers=2}"));
    long begin = System.nanoTime();
    CompletableFuture<SparkSubmit.Ended> submission =
        CompletableFuture.supplyAsync(
            () -> submission().runScript(script, words.toArray(String[]::new)));
    Path step = folder.resolve(run).resolve("checkpoints/step-000000000001");
    while (!Files.exists(step) && !submission.isDone()) {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS);
    }
    double seconds = (System.nanoTime() - begin) / NANOS;
    SparkSubmit.Ended ended = submission.get();
    if (ended.status() != 0 || !Files.exists(step)) {
      throw new IllegalStateException(ended.all());
    }
    System.out.printf(
        Locale.ROOT,
        "%-6s %-20s %16.1f %10.1f%n",
        round,
        name,
        seconds,
        (System.nanoTime() - begin) / NANOS);
  }

  private SparkSubmit submission() {
    SparkSubmit submission = new SparkSubmit(spark);
    Map<String, String> environment = new TreeMap<>();
    environment.put("RANKLINE_IMAGE", "rankline");
    for (String role : List.of("DRIVER", "EXECUTOR")) {
      environment.put("RANKLINE_%s_HEAP".formatted(role), "512m");
      environment.put("RANKLINE_%s_OFF_HEAP".formatted(role), "256m");
    }
    environment.forEach(submission::with);
    return submission;
  }

  @Override
  public void close() {
    cluster.close();
    kubelet.close();
    api.close();
  }
}
