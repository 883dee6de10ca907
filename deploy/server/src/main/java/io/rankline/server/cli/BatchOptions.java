package io.rankline.server.cli;

import io.rankline.server.batch.BatchSettings;
import io.rankline.server.config.BatchingParametersFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How lists are scored. */
final class BatchOptions {

  @Option(
      names = "--enable-batching",
      description = "Score lists of several requests as one batch; their scores stay the same.")
  private boolean enabled;

  @Option(
      names = "--batching-parameters-file",
      paramLabel = "FILE",
      description =
          "max_batch_size and others, in TensorFlow Serving's form; needs --enable-batching.")
  private @Nullable Path file;

  @Option(
      names = "--warm-up-ms",
      paramLabel = "MS",
      description =
          "Make up requests for so long before a version is served (default: ${DEFAULT-VALUE}).")
  private long warmUp = 300;

  Optional<BatchSettings> batching() throws IOException {
    if (file != null && !enabled) {
      throw new IllegalArgumentException(
          "batching-parameters-file needs --enable-batching, as in TensorFlow Serving");
    }
    if (!enabled) {
      return Optional.empty();
    }
    return Optional.of(file == null ? BatchSettings.DEFAULTS : BatchingParametersFile.read(file));
  }

  Duration warmUp() {
    if (warmUp < 0) {
      throw new IllegalArgumentException("warm-up-ms must be 0 or more, got " + warmUp);
    }
    return Duration.ofMillis(warmUp);
  }
}
