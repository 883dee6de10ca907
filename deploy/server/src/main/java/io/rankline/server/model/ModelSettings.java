package io.rankline.server.model;

import java.util.Map;

/**
 * A model to serve.
 *
 * @param name how requests name it, without '/' and ':'
 * @param basePath the folder with a folder a version, on any storage
 * @param policy which versions are served
 * @param labels versions by names that requests may use for them
 */
public record ModelSettings(
    String name, String basePath, VersionPolicy policy, Map<String, Long> labels) {

  /** Checks name and path. */
  public ModelSettings {
    if (!name.matches("[^/:]+")) {
      throw new IllegalArgumentException(
          "name must be one character or more, without '/' and ':', got '%s'".formatted(name));
    }
    if (basePath.isBlank()) {
      throw new IllegalArgumentException(
          "base_path of model '%s' must be a folder, got ''".formatted(name));
    }
    labels = Map.copyOf(labels);
  }

  /** A model whose latest version is served. */
  public static ModelSettings latest(String name, String basePath) {
    return new ModelSettings(name, basePath, new VersionPolicy.Latest(1), Map.of());
  }
}
