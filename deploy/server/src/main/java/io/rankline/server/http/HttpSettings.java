package io.rankline.server.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a server listens, and to whom.
 *
 * @param host address to listen at
 * @param port 0 for any that is free
 * @param tls certificate and key; plain HTTP where there is none
 * @param apiKeys one of which a request must have; none for everybody
 * @param metricsPath where Prometheus asks
 * @param accessLog takes a line a request; none for no log
 */
public record HttpSettings(
    String host,
    int port,
    Optional<Tls> tls,
    List<String> apiKeys,
    String metricsPath,
    Optional<Consumer<String>> accessLog) {

  /** TensorFlow Serving's path. */
  public static final String METRICS_PATH = "/monitoring/prometheus/metrics";

  /** Checks port and path. */
  public HttpSettings {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, got " + port);
    }
    if (!metricsPath.startsWith("/")) {
      throw new IllegalArgumentException(
          "the path of metrics must start with '/', got '%s'".formatted(metricsPath));
    }
    apiKeys = List.copyOf(apiKeys);
  }

  /**
   * Files in PEM.
   *
   * @param certificate the server's, and those that lead to its root
   * @param key its private key, in PKCS 8
   */
  public record Tls(Path certificate, Path key) {}
}
