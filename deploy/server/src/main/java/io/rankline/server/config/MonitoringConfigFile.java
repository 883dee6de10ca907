package io.rankline.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** TensorFlow Serving's {@code --monitoring_config_file}. */
public final class MonitoringConfigFile {

  private MonitoringConfigFile() {}

  /**
   * The path of the metrics, where the file has one: {@code prometheus_config { enable: true path:
   * "/metrics" }}.
   *
   * @throws ConfigException with the line of a fault
   */
  public static Optional<String> metricsPath(Path file) throws IOException {
    TextMessage whole =
        TextReader.read(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    whole.allow("prometheus_config");
    Optional<TextMessage> prometheus = whole.message("prometheus_config");
    prometheus.ifPresent(config -> config.allow("enable", "path"));
    return prometheus.flatMap(config -> config.text("path"));
  }
}
