package io.rankline.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rankline.testing.Fuzzing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Configurations with bytes changed are read, or refused with all their faults. */
class MutatedConfigurationTest {

  private static final Path CONF = Path.of("..", "conf");

  @Test
  void aMutatedConfigurationIsReadOrRefused() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(CONF)) {
      files = all.filter(file -> file.toString().endsWith(".conf")).sorted().toList();
    }
    Fuzzing.of("configurations", 0.004, 256 << 20, 0, ConfigurationException.class)
        .run(
            seed ->
                new Fuzzing.Subject(
                    () -> bytes(files.get((int) (seed % files.size()))),
                    mutant ->
                        RunConfig.parse(
                            new String(mutant, UTF_8),
                            CONF,
                            List.of("pipeline.strategy=MirroredStrategy"))));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
