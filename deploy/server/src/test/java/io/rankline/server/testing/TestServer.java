package io.rankline.server.testing;

import io.rankline.io.Storage;
import io.rankline.server.http.HttpLimits;
import io.rankline.server.http.HttpSettings;
import io.rankline.server.http.ModelServer;
import io.rankline.server.model.ModelSource;
import io.rankline.server.model.ModelStart;
import io.rankline.server.model.ServedModels;
import io.rankline.server.rest.RestLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A server on a free port, and a client of it. */
public final class TestServer implements AutoCloseable {

  /** What a test needs at most. */
  public static final HttpLimits LIMITS =
      new HttpLimits(
          1 << 24,
          1 << 26,
          100,
          2,
          200,
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5));

  /** As many items as the longest list. */
  public static final RestLimits REST_LIMITS = new RestLimits(100_000, 1_000_000);

  /** Plain HTTP for everybody. */
  public static final HttpSettings SETTINGS =
      new HttpSettings(
          "127.0.0.1", 0, Optional.empty(), List.of(), HttpSettings.METRICS_PATH, Optional.empty());

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ServedModels models;
  private final ModelServer server;

  private TestServer(ServedModels models, ModelServer server) {
    this.models = models;
    this.server = server;
  }

  /** A server of those models as they are now; {@link #poll} looks for others. */
  public static TestServer of(ModelSource source) {
    return of(source, SETTINGS, LIMITS);
  }

  /** As {@link #of(ModelSource)}, with settings and limits of its own. */
  public static TestServer of(ModelSource source, HttpSettings settings, HttpLimits limits) {
    return of(source, settings, limits, ModelStart.PLAIN);
  }

  /** As {@link #of(ModelSource)}, with a start of versions of its own. */
  public static TestServer of(
      ModelSource source, HttpSettings settings, HttpLimits limits, ModelStart start) {
    try {
      ServedModels models = new ServedModels(Storage.ofClassPath(), source, start);
      ModelServer server = new ModelServer(models, settings, limits, REST_LIMITS);
      server.start();
      models.pollVersions();
      return new TestServer(models, server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks for versions. */
  public void poll() {
    models.pollVersions();
  }

  /** Its models. */
  public ServedModels models() {
    return models;
  }

  /** Its port. */
  public int port() {
    return server.port();
  }

  /** Posts a body. */
  public HttpResponse<String> post(String path, String body) {
    return send(path, "POST", HttpRequest.BodyPublishers.ofString(body));
  }

  /** Gets a path. */
  public HttpResponse<String> get(String path) {
    return send(path, "GET", HttpRequest.BodyPublishers.noBody());
  }

  /** Sends what a method needs, with header names and values in turn. */
  public HttpResponse<String> send(
      String path, String method, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s%s".formatted(port(), path)))
            .timeout(Duration.ofSeconds(30))
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Takes no more requests, answers those it has, and ends. */
  public void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    stop();
    models.close();
  }
}
