package io.rankline.export;

import io.rankline.export.engine.EngineModel;
import io.rankline.io.Storage;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Exported models for a JVM in which ND4J cannot be: another one builds them. */
public final class BuiltModels {

  private BuiltModels() {}

  /**
   * The models of a program by name.
   *
   * @param program whose {@code main} method exports each to a folder of its name, as that of
   *     {@link ModelKinds} and {@link NumberModels}
   * @param folder where it exports them to
   */
  public static SortedMap<String, EngineModel> of(Class<?> program, Path folder) {
    try {
      build(program, folder);
      SortedMap<String, EngineModel> models = new TreeMap<>();
      try (Stream<Path> kinds = Files.list(folder)) {
        for (Path kind : kinds.toList()) {
          SavedRankingModel saved =
              SavedRankingModel.load(Storage.ofClassPath().folder(kind.toString()));
          models.put(kind.getFileName().toString(), EngineModel.of(saved));
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

  private static void build(Class<?> program, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                folder.toString())
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("no models were built");
    }
  }
}
