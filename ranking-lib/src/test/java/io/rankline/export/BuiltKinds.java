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

/** The models of {@link ModelKinds} for a JVM in which ND4J cannot be. */
public final class BuiltKinds {

  private BuiltKinds() {}

  /**
   * A model of each kind by name, built in another JVM.
   *
   * @param folder where it exports them to
   */
  public static SortedMap<String, EngineModel> in(Path folder) {
    try {
      build(folder);
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

  private static void build(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ModelKinds.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("no models were built");
    }
  }
}
