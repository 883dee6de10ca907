package io.rankline.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordingFile;

/**
 * What an object store costs, through the connector of Google Cloud Storage and a server in memory:
 * a checkpoint of 25 million parameters against a copy of its bytes, and an epoch where every
 * request takes a while against one where none does.
 */
final class StoreBenchmark {

  private static final String BENCHMARK =
      "io.rankline.pipeline.checkpoint.benchmark.CheckpointBenchmark";

  /** Epochs of the shorter and of the longer training: what lies between has no start and end. */
  private static final int[] EPOCHS = {1, 3};

  private final GcsServer store;
  private final LocalCommand rankline;
  private final Path recording;

  private StoreBenchmark(GcsServer store, Path folder) {
    this.store = store;
    Path configuration = folder.resolve("site");
    HadoopFiles.write(configuration, "core-site.xml", store.settings());
    List<Path> classes = new ArrayList<>(Built.connectorJars("gs"));
    classes.add(Built.inRepository("ranking-lib/target/test-classes"));
    this.recording = folder.resolve("training.jfr");
    // Not those of processes that live for seconds.
    String options = "-XX:StartFlightRecording=filename=" + recording;
    this.rankline = new LocalCommand(classes, configuration, Map.of("JDK_JAVA_OPTIONS", options));
  }

  /**
   * Takes {@code checkpoints} and rounds, or {@code epochs}, rounds, the lists of an epoch and the
   * milliseconds that a request takes.
   */
  public static void main(String[] args) throws IOException {
    int rounds = Integer.parseInt(args[1]);
    try (GcsServer store = GcsServer.start()) {
      StoreBenchmark benchmark =
          new StoreBenchmark(store, Files.createTempDirectory("store-benchmark"));
      if (args[0].equals("checkpoints")) {
        benchmark.checkpoints(rounds);
      } else {
        Duration delay = Duration.ofMillis(Long.parseLong(args[3]));
        benchmark.epochs(rounds, Integer.parseInt(args[2]), delay);
      }
    }
  }

  private void checkpoints(int rounds) {
    SparkSubmit.Ended ended =
        rankline
            .startProgram(List.of(BENCHMARK, "gs://shop/checkpoint", Integer.toString(rounds)))
            .ended();
    System.out.println(ended.status() == 0 ? ended.out() : ended.all());
  }

  private void epochs(int rounds, int lists, Duration delay) throws IOException {
    System.out.printf(
        Locale.ROOT, "%-8s %14s %14s %12s%n", "request", "epoch (s)", "waited (s)", "requests");
    for (int round = 0; round < rounds; round++) {
      for (Duration each : List.of(Duration.ZERO, delay)) {
        Cost few = training(lists, EPOCHS[0], each);
        Cost epoch = training(lists, EPOCHS[1], each).minus(few, EPOCHS[1] - EPOCHS[0]);
        System.out.printf(
            Locale.ROOT,
            "%-8s %14.2f %14.2f %12.0f%n",
            each.toMillis() + " ms",
            epoch.seconds(),
            epoch.waited(),
            epoch.requests());
      }
    }
  }

  /**
   * What a training took.
   *
   * @param seconds of all of it
   * @param waited seconds of these in which its main thread waited for an answer
   * @param requests to the store
   */
  private record Cost(double seconds, double waited, double requests) {

    Cost minus(Cost shorter, int epochs) {
      return new Cost(
          (seconds - shorter.seconds) / epochs,
          (waited - shorter.waited) / epochs,
          (requests - shorter.requests) / epochs);
    }
  }

  private Cost training(int lists, int epochs, Duration delay) throws IOException {
    String model = "gs://shop/%s-%s-%s".formatted(delay.toMillis(), epochs, System.nanoTime());
    Files.deleteIfExists(recording);
    store.answerAfter(delay);
    long before = store.requests();
    long start = System.nanoTime();
    SparkSubmit.Ended ended =
        rankline.run(
            "train",
            Built.inRepository("conf/quickstart.conf").toString(),
            "--set=synthetic.dir=\"gs://shop/data\"",
            "--set=synthetic.train_lists=" + lists,
            "--set=pipeline.num_epochs=" + epochs,
            "--set=pipeline.model_dir=\"%s\"".formatted(model));
    double seconds = (System.nanoTime() - start) / 1e9;
    store.answerAfter(Duration.ZERO);
    if (ended.status() != 0) {
      throw new IllegalStateException(ended.all());
    }
    return new Cost(seconds, waited(), store.requests() - before);
  }

  /** Reads of more than 20 ms, which a recording has. */
  private double waited() throws IOException {
    return RecordingFile.readAllEvents(recording).stream()
        .filter(event -> event.getEventType().getName().equals("jdk.SocketRead"))
        .filter(
            event -> event.getThread() != null && "main".equals(event.getThread().getJavaName()))
        .mapToDouble(event -> event.getDuration().toNanos() / 1e9)
        .sum();
  }
}
