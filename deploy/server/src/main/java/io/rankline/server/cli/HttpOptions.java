package io.rankline.server.cli;

import io.rankline.server.config.MonitoringConfigFile;
import io.rankline.server.http.HttpSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the server listens, and to whom. */
final class HttpOptions {

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen at (default: ${DEFAULT-VALUE}, all of this machine).")
  private String host = "0.0.0.0";

  @Option(
      names = {"--port", "--rest-api-port"},
      paramLabel = "PORT",
      description = "Port of the REST API (default: ${DEFAULT-VALUE}); 0 for one that is free.")
  private int port = 8501;

  @Option(
      names = "--grpc-port",
      paramLabel = "PORT",
      description = "Port of gRPC, 0 for one that is free; there is none by default.")
  private @Nullable Integer grpcPort;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Certificate in PEM, with those above it: HTTPS instead of HTTP.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key of the certificate, in PEM (PKCS 8).")
  private @Nullable Path key;

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description =
          "A key a line; requests need one, as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'.")
  private @Nullable Path apiKeys;

  @Option(
      names = "--monitoring-config-file",
      paramLabel = "FILE",
      description = "The path of the metrics, in TensorFlow Serving's form.")
  private @Nullable Path monitoring;

  @Option(
      names = "--access-log",
      paramLabel = "FILE",
      description = "Write a line a request; - for standard output.")
  private @Nullable String accessLog;

  /** The port of gRPC, where it is asked for. */
  Optional<Integer> grpcPort() {
    return Optional.ofNullable(grpcPort);
  }

  HttpSettings settings(PrintWriter out) throws IOException {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("--tls-cert and --tls-key must be given together");
    }
    Optional<HttpSettings.Tls> tls =
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(new HttpSettings.Tls(certificate, key));
    String metrics =
        monitoring == null
            ? HttpSettings.METRICS_PATH
            : MonitoringConfigFile.metricsPath(monitoring).orElse(HttpSettings.METRICS_PATH);
    return new HttpSettings(host, port, tls, keys(), metrics, log(out));
  }

  private List<String> keys() throws IOException {
    if (apiKeys == null) {
      return List.of();
    }
    List<String> keys =
        Files.readAllLines(apiKeys, StandardCharsets.UTF_8).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    if (keys.isEmpty()) {
      throw new IllegalArgumentException(
          "api-key-file must have a key in a line, got none in %s".formatted(apiKeys));
    }
    return keys;
  }

  private Optional<Consumer<String>> log(PrintWriter out) throws IOException {
    if (accessLog == null) {
      return Optional.empty();
    }
    PrintWriter target =
        accessLog.equals("-")
            ? out
            : new PrintWriter(
                Files.newBufferedWriter(
                    Path.of(accessLog),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND));
    return Optional.of(
        line -> {
          target.println(line);
          target.flush();
        });
  }
}
