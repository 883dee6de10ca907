package io.rankline.server.benchmark;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.io.Storage;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.record.ElwcAssembler;
import io.rankline.model.ModelBuilder;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.server.http.HttpLimits;
import io.rankline.server.model.ModelSettings;
import io.rankline.server.testing.TestServer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the server adds to its scorer: lists of 200 items with 136 features, hidden layers 1024-512-
 * 256, over loopback. One connection, saturation, and overload by twenty times as many connections
 * as processors, with slow clients and half-open connections among them.
 *
 * <p>Arguments: seconds for each part (10), seconds of overload (60).
 */
public final class LoadBenchmark {

  private static final PrintStream OUT = System.out;
  private static final int ITEMS = 200;
  private static final int FEATURES = 136;
  private static final int LISTS = 8;
  private static final String PATH = "/v1/models/web:predict";

  private final SavedRankingModel model;
  private final TestServer server;
  private final List<byte[]> records = new ArrayList<>();
  private final List<byte[]> requests = new ArrayList<>();
  private final int processors = Runtime.getRuntime().availableProcessors();

  private LoadBenchmark(Path base) throws IOException {
    export(base.resolve("1"));
    model = SavedRankingModel.load(base.resolve("1").toString());
    HttpLimits limits =
        new HttpLimits(
            64L << 20,
            256L << 20,
            4 * processors,
            processors,
            2000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
    server =
        TestServer.of(
            () -> List.of(ModelSettings.latest("web", base.toString())),
            TestServer.SETTINGS,
            limits);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < LISTS; i++) {
      byte[] record = record(random);
      records.add(record);
      String body =
          "{\"signature_name\": \"tensorflow/serving/predict\", \"instances\": [{\"b64\": \"%s\"}]}"
              .formatted(Base64.getEncoder().encodeToString(record));
      requests.add(Connection.request(PATH, body.getBytes(StandardCharsets.US_ASCII)));
    }
  }

  /** Prints the figures. */
  public static void main(String[] args) throws Exception {
    long seconds = args.length > 0 ? Long.parseLong(args[0]) : 10;
    long overload = args.length > 1 ? Long.parseLong(args[1]) : 60;
    LoadBenchmark benchmark = new LoadBenchmark(Files.createTempDirectory("load"));
    benchmark.oneConnection(seconds);
    benchmark.saturation(seconds);
    benchmark.overload(overload);
    benchmark.server.close();
    System.exit(0);
  }

  /** Scorer and server take turns, so that other work on the machine meets both. */
  private void oneConnection(long seconds) throws IOException {
    try (Connection connection = new Connection(server.port())) {
      for (int round = 0; round < 2; round++) { // the first one warms up
        List<Long> alone = new ArrayList<>();
        List<Long> served = new ArrayList<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (int i = 0; System.nanoTime() < end; i++) {
          long begin = System.nanoTime();
          model.predict(records.get(i % LISTS));
          long middle = System.nanoTime();
          int status = connection.exchange(requests.get(i % LISTS));
          served.add(System.nanoTime() - middle);
          alone.add(middle - begin);
          if (status != 200) {
            throw new IllegalStateException("status " + status);
          }
        }
        if (round == 1) {
          double base = quantile(alone, 0.5);
          OUT.printf(
              "scorer alone: p50 %.2f ms, p99 %.2f ms%n", base / 1e6, quantile(alone, 0.99) / 1e6);
          OUT.printf(
              "one connection: p50 %.2f ms (%.2f of the scorer), p99 %.2f ms (%.2f of p50)%n",
              quantile(served, 0.5) / 1e6,
              quantile(served, 0.5) / base,
              quantile(served, 0.99) / 1e6,
              quantile(served, 0.99) / quantile(served, 0.5));
        }
      }
    }
  }

  private void saturation(long seconds) throws Exception {
    double bare =
        rate(processors, seconds, () -> i -> model.predict(records.get(i % LISTS)).length > 0);
    double served =
        rate(
            2 * processors,
            seconds,
            () -> {
              Connection connection = new Connection(server.port());
              return i -> connection.exchange(requests.get(i % LISTS)) == 200;
            });
    OUT.printf(
        "saturation: scorer %.0f lists/s on %s threads, server %.0f lists/s (%.2f) on %s"
            + " connections, clients on the same processors%n",
        bare, processors, served, served / bare, 2 * processors);
  }

  private void overload(long seconds) throws Exception {
    Map<String, LongAdder> ends = new ConcurrentHashMap<>();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService clients = Executors.newCachedThreadPool();
    List<Future<?>> running = new ArrayList<>();
    for (int client = 0; client < 20 * processors; client++) {
      running.add(clients.submit(() -> eager(over, ends)));
    }
    running.add(clients.submit(() -> hostile(over, ends)));
    long most = 0;
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < end) {
      Thread.sleep(200);
      most = Math.max(most, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    }
    over.set(true);
    for (Future<?> client : running) {
      client.get();
    }
    clients.shutdown();
    int well = 0;
    try (Connection connection = new Connection(server.port())) {
      for (int i = 0; i < 100; i++) {
        well += connection.exchange(requests.get(i % LISTS)) == 200 ? 1 : 0;
      }
    }
    System.gc();
    OUT.printf(
        "overload of %s s: %s; most heap %s MiB of %s, after it %s MiB; then %s of 100 answered%n",
        seconds,
        new TreeMap<>(ends),
        most >> 20,
        Runtime.getRuntime().maxMemory() >> 20,
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20,
        well);
  }

  private Void eager(AtomicBoolean over, Map<String, LongAdder> ends) {
    while (!over.get()) {
      try (Connection connection = new Connection(server.port())) {
        for (int i = 0; !over.get(); i++) {
          count(ends, Integer.toString(connection.exchange(requests.get(i % LISTS))));
        }
      } catch (IOException e) {
        count(ends, "closed");
      }
    }
    return null;
  }

  /** Half-open connections, half bodies, and bodies of a GiB. */
  private Void hostile(AtomicBoolean over, Map<String, LongAdder> ends) throws Exception {
    byte[] huge =
        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n"
            .formatted(PATH)
            .getBytes(StandardCharsets.US_ASCII);
    List<Connection> open = new ArrayList<>();
    while (!over.get()) {
      try {
        Connection halfOpen = new Connection(server.port());
        halfOpen.send(requests.get(0), 20);
        Connection slow = new Connection(server.port());
        slow.send(requests.get(0), 100_000);
        open.addAll(List.of(halfOpen, slow));
        try (Connection giant = new Connection(server.port())) {
          count(ends, "GiB " + giant.exchange(huge));
        }
      } catch (IOException e) {
        count(ends, "hostile closed");
      }
      Thread.sleep(100);
    }
    for (Connection connection : open) {
      connection.close();
    }
    return null;
  }

  private static void count(Map<String, LongAdder> ends, String end) {
    ends.computeIfAbsent(end, first -> new LongAdder()).increment();
  }

  /** One thing done again and again. */
  @FunctionalInterface
  private interface Work {
    boolean once(int i) throws IOException;
  }

  private static double rate(int threads, long seconds, Callable<Work> works) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    LongAdder done = new LongAdder();
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      running.add(
          pool.submit(
              () -> {
                Work work = works.call();
                for (int i = 0; System.nanoTime() < end; i++) {
                  if (work.once(i)) {
                    done.increment();
                  }
                }
                return null;
              }));
    }
    for (Future<?> thread : running) {
      thread.get();
    }
    pool.shutdown();
    return done.sum() * 1e9 / (System.nanoTime() - begin);
  }

  private static double quantile(List<Long> times, double share) {
    long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  private static byte[] record(SplittableRandom random) {
    ElwcAssembler record = new ElwcAssembler();
    for (int item = 0; item < ITEMS; item++) {
      ExampleWriter example = new ExampleWriter();
      for (int feature = 1; feature <= FEATURES; feature++) {
        example.floats(
            "custom_features_" + feature, new float[] {(float) random.nextDouble(0, 3)}, 0, 1);
      }
      record.add(example);
    }
    return record.build(new byte[0]);
  }

  private static void export(Path folder) throws IOException {
    Map<String, FeatureSpec> features = new TreeMap<>();
    for (int feature = 1; feature <= FEATURES; feature++) {
      features.put("custom_features_" + feature, FixedLenFeature.float32(1).withDefault(0f));
    }
    RecordSpec records = RecordSpec.of(Map.of(), features);
    ModelBuilder builder =
        new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), features),
            PreprocessorWithSpec.builder().build(),
            DNNScorer.builder().hiddenLayerDims(1024, 512, 256).useBatchNorm(true).build(),
            "__list_mask__",
            "web");
    SavedRankingModel.save(
        Storage.ofClassPath().folder(folder.toString()),
        ModelExport.builder(
                builder.build(TrainingSettings.builder().loss("softmax_loss").seed(1).build()),
                records)
            .build());
  }
}
