package io.rankline.server.http;

import java.io.IOException;
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

/** Jetty: its threads, its one connector, how it ends; what it is asked is a handler's. */
final class Listener {

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

  /**
   * Not started yet.
   *
   * @throws IOException if certificate or key cannot be read
   */
  Listener(HttpSettings settings, HttpLimits limits) throws IOException {
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
  }

  /**
   * Begins to listen.
   *
   * @param handler of all requests; those that it has are ended before the server stops
   * @throws IOException if the port is taken
   */
  void start(Handler handler) throws IOException {
    server.setHandler(new GracefulHandler(handler));
    try {
      server.start();
    } catch (IOException e) {
      throw ListeningFault.at(connector.getHost(), connector.getPort(), e);
    } catch (Exception e) {
      throw new IOException("the server cannot start: " + ListeningFault.rootMessage(e), e);
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  int openConnections() {
    return connector.getConnectedEndPoints().size();
  }

  /**
   * Takes no more requests, answers those that it has, and ends.
   *
   * @throws IOException if some could not be answered in time
   */
  void stop() throws IOException {
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
    }
  }

  void join() throws InterruptedException {
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
}
