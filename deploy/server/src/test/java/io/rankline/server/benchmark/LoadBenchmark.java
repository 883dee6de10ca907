package io.rankline.server.benchmark;

import io.rankline.server.http.BareServer;
import io.rankline.server.http.HttpLimits;
import io.rankline.server.model.ModelSettings;
import io.rankline.server.testing.TestServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the server adds to its scorer, over loopback: one connection, saturation, versions that
 * change under load, and overload. Beside both stands the bare exchange: the same bytes to and from
 * the same Jetty, with nothing behind it.
 *
 * <p>Arguments: seconds for each part (10), seconds of overload (60).
 */
public final class LoadBenchmark {

  private static final PrintStream OUT = System.out;

  /** Of saturation: scorer, bare exchange and server take turns. */
  private static final int ROUNDS = 5;

  /** Lists that each of the three has in its turn, where processor time is taken. */
  private static final int TURN = 20;

  /** That take each other's place under load. */
  private static final int VERSIONS = 10;

  /** Of an answer with 200 scores. */
  private static final int ANSWER_BYTES = 2500;

  private final int processors = Runtime.getRuntime().availableProcessors();
  private final WebModel model;
  private final TestServer server;
  private final BareServer bare;
  private final Path base;

  private LoadBenchmark(Path base) throws IOException {
    this.base = base;
    model = new WebModel(base);
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
    bare = BareServer.start(limits, ANSWER_BYTES);
  }

  /** Prints the figures. */
  public static void main(String[] args) throws Exception {
    long seconds = args.length > 0 ? Long.parseLong(args[0]) : 10;
    double overload = args.length > 1 ? Double.parseDouble(args[1]) : 60;
    LoadBenchmark benchmark = new LoadBenchmark(Files.createTempDirectory("load"));
    benchmark.oneConnection(seconds);
    benchmark.processorTime(400);
    benchmark.saturation(seconds);
    OUT.printf(
        "reload under load: %s%n",
        new Reload(benchmark.model, benchmark.server, benchmark.base)
            .of(VERSIONS, 2 * benchmark.processors));
    benchmark.overload(overload);
    benchmark.bare.close();
    benchmark.server.close();
    System.exit(0);
  }

  /** Scorer, bare exchange and server take turns, so that other work on the machine meets all. */
  private void oneConnection(long seconds) throws IOException {
    try (Connection toBare = new Connection(bare.port());
        Connection toServer = new Connection(server.port())) {
      for (int round = 0; round < 2; round++) { // the first one warms up
        List<Long> alone = new ArrayList<>();
        List<Long> moved = new ArrayList<>();
        List<Long> served = new ArrayList<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        for (int i = 0; System.nanoTime() < end; i++) {
          long begin = System.nanoTime();
          boolean well = model.score(i);
          long second = System.nanoTime();
          well &= toBare.exchange(model.request(i)) == 200;
          long third = System.nanoTime();
          well &= toServer.exchange(model.request(i)) == 200;
          served.add(System.nanoTime() - third);
          moved.add(third - second);
          alone.add(second - begin);
          if (!well) {
            throw new IllegalStateException("a list was not scored");
          }
        }
        if (round == 1) {
          double base = Clients.quantile(alone, 0.5);
          print("scorer alone", alone, base);
          print("bare exchange", moved, base);
          print("one connection", served, base);
        }
      }
    }
  }

  /** By turns, some lists each. */
  private void processorTime(int lists) throws IOException {
    double scored = 0;
    double[] moved = new double[2];
    double[] served = new double[3];
    try (Connection toBare = new Connection(bare.port());
        Connection toServer = new Connection(server.port())) {
      for (int from = 0; from < lists; from += TURN) {
        long begin = ProcessorTime.of("main");
        for (int i = from; i < from + TURN; i++) {
          model.score(i);
        }
        scored += ProcessorTime.of("main") - begin;
        add(moved, toBare, from, "main", "http");
        add(served, toServer, from, "main", "http", "scorer");
      }
    }
    OUT.printf(
        "processor time of a list: scorer %.2f ms; bare exchange %.2f client + %.2f Jetty; server"
            + " %.2f client + %.2f Jetty + %.2f worker, so %.2f ms beside scorer and exchange%n",
        scored / lists / 1e6,
        moved[0] / lists / 1e6,
        moved[1] / lists / 1e6,
        served[0] / lists / 1e6,
        served[1] / lists / 1e6,
        served[2] / lists / 1e6,
        (served[0] + served[1] + served[2] - moved[0] - moved[1] - scored) / lists / 1e6);
  }

  private void add(double[] nanos, Connection connection, int from, String... threads)
      throws IOException {
    long[] begin = new long[threads.length];
    for (int t = 0; t < threads.length; t++) {
      begin[t] = ProcessorTime.of(threads[t]);
    }
    for (int i = from; i < from + TURN; i++) {
      connection.exchange(model.request(i));
    }
    for (int t = 0; t < threads.length; t++) {
      nanos[t] += ProcessorTime.of(threads[t]) - begin[t];
    }
  }

  private static void print(String what, List<Long> times, double base) {
    double median = Clients.quantile(times, 0.5);
    double late = Clients.quantile(times, 0.99);
    OUT.printf(
        "%s: p50 %.2f ms (%.2f of the scorer), p99 %.2f ms (%.2f of p50)%n",
        what, median / 1e6, median / base, late / 1e6, late / median);
  }

  /**
   * Three rates by turns. A list takes both the scorer's time and the bare exchange's: what the two
   * make together is the most that a server can reach while its clients run on its processors.
   */
  private void saturation(long seconds) throws Exception {
    List<Double> scored = new ArrayList<>();
    List<Double> moved = new ArrayList<>();
    List<Double> served = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    List<Double> bounds = new ArrayList<>();
    double each = seconds / (double) ROUNDS;
    for (int round = 0; round < ROUNDS; round++) {
      double alone = Clients.rate(processors, each, () -> model::score);
      double exchanged = Clients.rate(2 * processors, each, () -> exchanges(bare.port()));
      double both = Clients.rate(2 * processors, each, () -> exchanges(server.port()));
      scored.add(alone);
      moved.add(exchanged);
      served.add(both);
      shares.add(both / alone);
      bounds.add(1 / (1 + alone / exchanged));
    }
    OUT.printf(
        "saturation: scorer %.0f lists/s on %s threads, server %.0f lists/s (%.2f) on %s"
            + " connections, bare exchange %.0f/s, so at most %.2f; clients on the same"
            + " processors%n",
        Clients.quantile(scored, 0.5),
        processors,
        Clients.quantile(served, 0.5),
        Clients.quantile(shares, 0.5),
        2 * processors,
        Clients.quantile(moved, 0.5),
        Clients.quantile(bounds, 0.5));
  }

  private Clients.Work exchanges(int port) throws IOException {
    Connection connection = new Connection(port);
    return i -> connection.exchange(model.request(i)) == 200;
  }

  private void overload(double seconds) throws Exception {
    Overload overload = new Overload(model, server.port());
    OUT.printf("overload of %s s: %s", seconds, overload.of(seconds));
    int well = 0;
    try (Connection connection = new Connection(server.port())) {
      for (int i = 0; i < 100; i++) {
        well += connection.exchange(model.request(i)) == 200 ? 1 : 0;
      }
    }
    System.gc();
    OUT.printf(
        "; most heap %s MiB of %s, after it %s MiB; then %s of 100 answered%n",
        overload.mostHeap() >> 20,
        Runtime.getRuntime().maxMemory() >> 20,
        Overload.heap() >> 20,
        well);
  }
}
