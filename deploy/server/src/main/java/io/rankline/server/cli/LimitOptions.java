package io.rankline.server.cli;

import io.rankline.server.http.HttpLimits;
import io.rankline.server.rest.RestLimits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What clients may take of the server. */
final class LimitOptions {

  /** What a JSON value takes on the heap, with its place in a list. */
  private static final int BYTES_A_VALUE = 48;

  @Option(
      names = "--max-body-bytes",
      paramLabel = "BYTES",
      description = "Largest body of a request, packed and unpacked (default: ${DEFAULT-VALUE}).")
  private long bodyBytes = 64L << 20;

  @Option(
      names = "--max-items",
      paramLabel = "ITEMS",
      description = "Most items that a request may have scored (default: ${DEFAULT-VALUE}).")
  private long items = 200_000;

  @Option(
      names = "--max-queued-requests",
      paramLabel = "REQUESTS",
      description =
          "Most requests that wait for a thread (default: ${DEFAULT-VALUE}); more are answered"
              + " 429.")
  private int queued = 100;

  @Option(
      names = "--max-connections",
      paramLabel = "CONNECTIONS",
      description = "Most open connections (default: ${DEFAULT-VALUE}); more wait to be accepted.")
  private int connections = 2000;

  @Option(
      names = "--rest-api-num-threads",
      paramLabel = "THREADS",
      description =
          "Threads that read and score requests (default: as many as processors; 4 times as many"
              + " with --enable-batching, where they wait for batches).")
  private int threads;

  @Option(
      names = "--rest-api-timeout-in-ms",
      paramLabel = "MS",
      description = "Longest time until a request is scored (default: ${DEFAULT-VALUE}).")
  private long timeout = 30_000;

  @Option(
      names = "--idle-timeout-in-ms",
      paramLabel = "MS",
      description =
          "Close a connection on which nothing comes or goes (default: ${DEFAULT-VALUE}).")
  private long idle = 60_000;

  @Option(
      names = "--stop-timeout-in-ms",
      paramLabel = "MS",
      description = "Longest wait for requests under way at the end (default: ${DEFAULT-VALUE}).")
  private long stop = 30_000;

  HttpLimits http(boolean batching) {
    return new HttpLimits(
        bodyBytes,
        // A quarter of the heap for bodies that come or wait.
        Math.max(bodyBytes, Runtime.getRuntime().maxMemory() / 4),
        queued,
        threads(batching),
        connections,
        Duration.ofMillis(timeout),
        Duration.ofMillis(idle),
        Duration.ofMillis(stop));
  }

  RestLimits rest(boolean batching) {
    // Another quarter of it for what the threads make of bodies.
    long values =
        Runtime.getRuntime().maxMemory() / 4 / BYTES_A_VALUE / Math.max(1, threads(batching));
    return new RestLimits(items, Math.max(100_000, values));
  }

  Duration stopTimeout() {
    return Duration.ofMillis(stop);
  }

  private int threads(boolean batching) {
    int processors = Runtime.getRuntime().availableProcessors();
    return threads == 0 ? processors * (batching ? 4 : 1) : threads;
  }
}
