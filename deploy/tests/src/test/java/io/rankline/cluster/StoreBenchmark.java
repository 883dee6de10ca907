package io.rankline.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an object store costs, through the connector of Google Cloud Storage and a server in memory:
 * a checkpoint of 25 million parameters against a copy of its bytes, and an epoch where every
 * request takes a while against one where none does.
 */
final class StoreBenchmark {

  private static final String BENCHMARK =
      "io.rankline.pipeline.checkpoint.benchmark.CheckpointBenchmark";

  /** Epochs of the shorter and of the longer training: what lies between has no start and end. */
  private static final int[] EPOCHS = {2, 8};

  private final GcsServer store;
  private final LocalCommand rankline;
  private final Path folder;

  private StoreBenchmark(GcsServer store, Path folder) {
    this.store = store;
    this.folder = folder;
    Path configuration = folder.resolve("site");
    HadoopFiles.write(configuration, "core-site.xml", store.settings());
    List<Path> classes = new ArrayList<>(Built.connectorJars("gs"));
    classes.add(Built.inRepository("ranking-lib/target/test-classes"));
    // Not those of processes that live for seconds.
    this.rankline = new LocalCommand(classes, configuration, Map.of("JDK_JAVA_OPTIONS", ""));
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
        Locale.ROOT, "%-6s %14s %14s %16s%n", "round", "at once (s)", "slow (s)", "requests");
    for (int round = 0; round < rounds; round++) {
      double atOnce = epoch(lists, Duration.ZERO);
      long before = store.requests();
      double slow = epoch(lists, delay);
      System.out.printf(
          Locale.ROOT,
          "%-6d %14.2f %14.2f %16d%n",
          round + 1,
          atOnce,
          slow,
          store.requests() - before);
    }
  }

  private double epoch(int lists, Duration delay) throws IOException {
    double[] seconds = new double[EPOCHS.length];
    for (int k = 0; k < EPOCHS.length; k++) {
      String model =
          "gs://shop/%s-%s-%s".formatted(delay.toMillis(), EPOCHS[k], System.nanoTime());
      Path file = training(lists, EPOCHS[k], model);
      store.answerAfter(delay);
      long start = System.nanoTime();
      SparkSubmit.Ended ended = rankline.run("train", file.toString());
      seconds[k] = (System.nanoTime() - start) / 1e9;
      store.answerAfter(Duration.ZERO);
      if (ended.status() != 0) {
        throw new IllegalStateException(ended.all());
      }
    }
    return (seconds[1] - seconds[0]) / (EPOCHS[1] - EPOCHS[0]);
  }

  private Path training(int lists, int epochs, String model) throws IOException {
    return Files.writeString(
        folder.resolve("training.conf"),
        """
        synthetic { dir = "gs://shop/data", train_lists = %1$s, valid_lists = 64, max_list_size = 100, seed = 1 }
        data {
          train_input_pattern = ${synthetic.dir}"/train/*.tfrecord"
          valid_input_pattern = ${synthetic.dir}"/valid/*.tfrecord"
          train_batch_size = 32
          valid_batch_size = 32
          list_size = 100
          features {
            example { "custom_features_{1..136}" { dtype = float32, default = 0 } }
            label { name = utility, dtype = int64, default = -1 }
          }
        }
        model {
          preprocess { all_examples = log1p }
          scorer { type = dnn, hidden_layer_dims = [256, 128, 64] }
        }
        pipeline {
          model_dir = "%3$s"
          num_epochs = %2$s
          loss = softmax_loss
          optimizer = adam
          learning_rate = 0.001
          export_best_model = true
          best_exporter_metric = ndcg_10
        }
        """
            .formatted(lists, epochs, model));
  }
}
