package io.rankline.export;

import io.rankline.export.engine.EngineModel;
import io.rankline.io.Storage;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The models of {@link NumberModels} for a JVM in which ND4J cannot be. */
public final class BuiltNumberModels {

  private static final SortedMap<String, EngineModel> ALL = new TreeMap<>();

  private BuiltNumberModels() {}

  /** The model of a name. */
  public static EngineModel of(String name) {
    return Objects.requireNonNull(all().get(name), name);
  }

  /** The models by name, built in another JVM, once in this one. */
  public static synchronized SortedMap<String, EngineModel> all() {
    if (ALL.isEmpty()) {
      ALL.putAll(build(Path.of("target", "models")));
    }
    return ALL;
  }

  private static SortedMap<String, EngineModel> build(Path folder) {
    try {
      Files.createDirectories(folder);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  NumberModels.class.getName(),
                  folder.toString())
              .inheritIO()
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("no models were built");
      }
      SortedMap<String, EngineModel> models = new TreeMap<>();
      try (Stream<Path> kinds = Files.list(folder)) {
        for (Path kind : kinds.toList()) {
          models.put(
              kind.getFileName().toString(),
              EngineModel.of(
                  SavedRankingModel.load(Storage.ofClassPath().folder(kind.toString()))));
        }
      }
      return models;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
