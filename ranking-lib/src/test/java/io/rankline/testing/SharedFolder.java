package io.rankline.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real data sets that stand beside a checkout and are not part of it. Tests that use them are
 * skipped with a message where the folder is absent.
 */
public final class SharedFolder {

  private SharedFolder() {}

  /**
   * A file or folder below {@code shared/}, which is looked for beside the repository and where the
   * system property {@code rankline.shared} says.
   */
  public static Path require(String relative) {
    String property = System.getProperty("rankline.shared");
    Path shared = property == null ? Path.of("..", "..", "shared") : Path.of(property);
    Path path = shared.resolve(relative).toAbsolutePath().normalize();
    assumeTrue(Files.exists(path), () -> "no " + path + "; set -Drankline.shared=DIR to run this");
    return path;
  }
}
