package io.rankline.server.http;

import io.rankline.server.metrics.Gauge;
import io.rankline.server.metrics.ServerMetrics;
import io.rankline.server.model.ServedModels;
import io.rankline.server.rest.RestApi;
import io.rankline.server.rest.RestLimits;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A server of models over HTTP. */
public final class ModelServer {

  /** They move bytes and never wait; two or three of them accept and select. */
  private static final int HTTP_THREADS = 16;

  /** Connections on which nothing comes are closed so soon when the server stops. */
  private static final long IDLE_AT_THE_END_MILLIS = 1000;

  /** Lists are megabytes; with Jetty's 8 kB each would take a hundred calls to read. */
  private static final int INPUT_BUFFER = 1 << 16;

  private static final String LOG_FORMAT = "%{client}a %t \"%r\" %s %I %O %{us}T";

  private final Server server;
  private final ServerConnector connector;
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
    QueuedThreadPool threads = new QueuedThreadPool(HTTP_THREADS);
    threads.setName("http");
    server = new Server(threads);
    connector = new ServerConnector(server, 1, -1, connections(settings));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(limits.idleTimeout().toMillis());
    connector.setShutdownIdleTimeout(IDLE_AT_THE_END_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.mostConnections(), server));
    server.setStopTimeout(limits.stopTimeout().toMillis());
    ErrorHandler errors = new ErrorHandler();
    errors.setShowStacks(false);
    errors.setShowCauses(false);
    server.setErrorHandler(errors);
    settings
        .accessLog()
        .ifPresent(log -> server.setRequestLog(new CustomRequestLog(log::accept, LOG_FORMAT)));

    queue = new WorkQueue(limits.workers(), limits.mostQueued());
    HeldBytes held = new HeldBytes(limits.mostHeldBytes());
    metrics =
        new ServerMetrics(
            models,
            List.of(
                new Gauge("queued_requests", "requests that wait for a worker", queue::waiting),
                new Gauge("held_bytes", "bytes of bodies that are on the heap", held::held),
                new Gauge(
                    "open_connections",
                    "connections",
                    () -> connector.getConnectedEndPoints().size()),
                new Gauge("heap_bytes", "bytes of the heap in use", ModelServer::heap)));
    ApiKeys keys = new ApiKeys(settings.apiKeys());
    server.setHandler(
        new GracefulHandler(
            new Handler.Sequence(
                new RestHandler(
                    new RestApi(models, restLimits), metrics, keys, limits, queue, held),
                new StateHandler(models, metrics, keys, settings.metricsPath()))));
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the port is taken
   */
  public void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw ListeningFault.at(connector.getHost(), connector.getPort(), e);
    } catch (Exception e) {
      throw new IOException("the server cannot start: " + ListeningFault.rootMessage(e), e);
    }
  }

  /** The port that it listens at; the one that was free where 0 was asked for. */
  public int port() {
    return connector.getLocalPort();
  }

  /**
   * Takes no more requests, answers those that it has, and ends.
   *
   * @throws IOException if some could not be answered in time
   */
  public void stop() throws IOException {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      throw new IOException(
          "requests that took longer than %s ms were cut off"
              .formatted(limits.stopTimeout().toMillis()),
          e);
    } catch (Exception e) {
      throw new IOException("the server cannot stop: " + ListeningFault.rootMessage(e), e);
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
    server.join();
  }

  private ConnectionFactory[] connections(HttpSettings settings) throws IOException {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // Names of models come with %2F and the like; nothing here is a path of a file.
    http.setUriCompliance(UriCompliance.UNSAFE);
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    plain.setInputBufferSize(INPUT_BUFFER);
    if (settings.tls().isEmpty()) {
      return new ConnectionFactory[] {plain};
    }
    SecureRequestCustomizer secure = new SecureRequestCustomizer();
    secure.setSniHostCheck(false); // clients reach it by addresses and names of services
    http.addCustomizer(secure);
    String password = UUID.randomUUID().toString(); // of a store that never leaves the heap
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(PemFiles.keyStore(settings.tls().get(), password.toCharArray()));
    tls.setKeyStorePassword(password);
    return new ConnectionFactory[] {new SslConnectionFactory(tls, plain.getProtocol()), plain};
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
