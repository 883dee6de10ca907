package io.rankline.server.cli;

import io.rankline.server.config.ModelConfigFile;
import io.rankline.server.model.ModelSettings;
import io.rankline.server.model.ModelSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which models are served. */
final class ModelOptions {

  @Option(
      names = "--model-name",
      paramLabel = "NAME",
      description = "Name of the model in requests (default: ${DEFAULT-VALUE}).")
  private String name = "default";

  @Option(
      names = "--model-base-path",
      paramLabel = "DIR",
      description =
          "Folder with an export in a folder a version (DIR/1, DIR/2, …), on any storage.")
  private @Nullable String basePath;

  @Option(
      names = "--model-config-file",
      paramLabel = "FILE",
      description = "Several models, version policies and labels, in TensorFlow Serving's form.")
  private @Nullable Path configFile;

  @Option(
      names = "--file-system-poll-wait-seconds",
      paramLabel = "SECONDS",
      description =
          "Look for new versions so often (default: ${DEFAULT-VALUE}); 0 for once, at the start.")
  private int pollSeconds = 1;

  @Option(
      names = "--model-config-file-poll-wait-seconds",
      paramLabel = "SECONDS",
      description =
          "Read the file of models again so often (default: ${DEFAULT-VALUE}); 0 for never.")
  private int configPollSeconds;

  ModelSource source() {
    if ((basePath == null) == (configFile == null)) {
      throw new IllegalArgumentException(
          "say what to serve, by either --model-base-path or --model-config-file");
    }
    if (configFile != null) {
      return new ModelConfigFile(configFile);
    }
    ModelSettings only = ModelSettings.latest(name, String.valueOf(basePath));
    return () -> List.of(only);
  }

  Duration poll() {
    return seconds("file-system-poll-wait-seconds", pollSeconds);
  }

  Duration configPoll() {
    return seconds("model-config-file-poll-wait-seconds", configPollSeconds);
  }

  private static Duration seconds(String option, int seconds) {
    if (seconds < 0) {
      throw new IllegalArgumentException("%s must be 0 or more, got %s".formatted(option, seconds));
    }
    return Duration.ofSeconds(seconds);
  }
}
