package io.rankline.server.http;

import io.rankline.server.metrics.Gauge;
import io.rankline.server.metrics.ServerMetrics;
import io.rankline.server.model.ServedModels;
import io.rankline.server.rest.RestApi;
import io.rankline.server.rest.RestLimits;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.server.Handler;

/** A server of models over HTTP. */
public final class ModelServer {

  private final Listener listener;
  private final Handler handler;
  private final HttpLimits limits;
  private final WorkQueue queue;
  private final ServerMetrics metrics;

  /**
   * A server, not started yet.
   *
   * @throws IOException if certificate or key cannot be read
   */
  public ModelServer(
      ServedModels models, HttpSettings settings, HttpLimits limits, RestLimits restLimits)
      throws IOException {
    this.limits = limits;
    listener = new Listener(settings, limits);
    queue = new WorkQueue(limits.workers(), limits.mostQueued());
    HeldBytes held = new HeldBytes(limits.mostHeldBytes());
    metrics =
        new ServerMetrics(
            models,
            List.of(
                new Gauge("queued_requests", "requests that wait for a worker", queue::waiting),
                new Gauge("held_bytes", "bytes of bodies that are on the heap", held::held),
                new Gauge("open_connections", "connections", listener::openConnections),
                new Gauge("heap_bytes", "bytes of the heap in use", ModelServer::heap)));
    ApiKeys keys = new ApiKeys(settings.apiKeys());
    handler =
        new Handler.Sequence(
            new RestHandler(new RestApi(models, restLimits), metrics, keys, limits, queue, held),
            new StateHandler(models, metrics, keys, settings.metricsPath()));
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the port is taken
   */
  public void start() throws IOException {
    listener.start(handler);
  }

  /** The port that it listens at; the one that was free where 0 was asked for. */
  public int port() {
    return listener.port();
  }

  /**
   * Takes no more requests, answers those that it has, and ends.
   *
   * @throws IOException if some could not be answered in time
   */
  public void stop() throws IOException {
    try {
      listener.stop();
    } finally {
      queue.stop(limits.stopTimeout());
    }
  }

  /** The threads that score, for other ways in. */
  public WorkQueue queue() {
    return queue;
  }

  /** Its metrics, for other ways in. */
  public ServerMetrics metrics() {
    return metrics;
  }

  /** Waits until it has ended. */
  public void join() throws InterruptedException {
    listener.join();
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
