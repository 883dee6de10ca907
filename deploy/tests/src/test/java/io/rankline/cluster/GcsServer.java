package io.rankline.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Serves {@link GcsObjects} as Google Cloud Storage's JSON API does, as far as its connector for
 * Hadoop calls it. A request can be held, so that a client is killed in the middle of something.
 */
final class GcsServer implements AutoCloseable {

  private final GcsObjects objects = new GcsObjects();
  private final GcsApi api = new GcsApi(objects);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int port;
  private volatile HttpServer server;
  private final AtomicLong requests = new AtomicLong();
  private volatile Duration delay = Duration.ZERO;
  private volatile Hold hold = new Hold("(?!)", 1);

  /** A request that waits. */
  private static final class Hold {
    final Pattern request;
    final AtomicInteger before;
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);

    Hold(String request, int nth) {
      this.request = Pattern.compile(request, Pattern.DOTALL);
      this.before = new AtomicInteger(nth - 1);
    }

    boolean takes(String line) {
      return request.matcher(line).find() && before.getAndDecrement() <= 0;
    }
  }

  private GcsServer(int port) throws IOException {
    this.server = listen(port);
    this.port = server.getAddress().getPort();
  }

  private HttpServer listen(int port) throws IOException {
    HttpServer listening =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    listening.setExecutor(threads);
    listening.createContext("/", this::answer);
    listening.start();
    return listening;
  }

  /** Starts it on a free port, without objects; every bucket is there. */
  static GcsServer start() {
    try {
      return new GcsServer(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Settings with which the connector finds it, as in core-site.xml. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("fs.gs.impl", "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFileSystem");
    settings.put("fs.AbstractFileSystem.gs.impl", "com.google.cloud.hadoop.fs.gcs.GoogleHadoopFS");
    settings.put("fs.gs.storage.root.url", "http://127.0.0.1:%s/".formatted(port));
    settings.put("fs.gs.project.id", "test");
    settings.put("fs.gs.auth.null.enable", "true");
    settings.put("fs.gs.auth.service.account.enable", "false");
    return settings;
  }

  /** Names of the objects of a bucket, those of empty folders left out, sorted. */
  List<String> names(String bucket) {
    synchronized (api) {
      return objects.names(bucket);
    }
  }

  /** The content of an object. */
  byte[] content(String bucket, String name) {
    synchronized (api) {
      return Objects.requireNonNull(objects.get(bucket + "/" + name)).content();
    }
  }

  /** Drops its connections and takes no more, until {@link #comeBack}; objects stay. */
  void goAway() {
    server.stop(0);
  }

  /** Takes connections again. */
  void comeBack() {
    try {
      server = listen(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Requests so far. */
  long requests() {
    return requests.get();
  }

  /** How long every request takes from now on, at least. */
  void answerAfter(Duration wait) {
    delay = wait;
  }

  /** Lets the {@code nth} write of an object, and those after it, wait until {@link #release}. */
  void holdWrite(String object, int nth) {
    hold = new Hold("^POST /upload/.*\"name\" *: *\"" + Pattern.quote(object) + "\"", nth);
  }

  /** Waits until one is held. */
  void awaitHeld() {
    try {
      if (!hold.reached.await(3, TimeUnit.MINUTES)) {
        throw new IllegalStateException("no request came that matches " + hold.request);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Drops the requests that are held, unanswered, and holds no more. */
  void release() {
    Hold ended = hold;
    hold = new Hold("(?!)", 1);
    ended.released.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
        body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      }
      Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      Hold held = hold;
      if (held.takes(line + " " + new String(body, StandardCharsets.ISO_8859_1))) {
        held.reached.countDown();
        held.released.await();
        return;
      }
      Thread.sleep(delay.toMillis());
      GcsAnswer answer =
          api.answer(
              new GcsApi.Request(
                  exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(
          answer.status(), head || answer.body().length == 0 ? -1 : answer.body().length);
      if (!head && answer.body().length > 0) {
        exchange.getResponseBody().write(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
