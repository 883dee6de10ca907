package io.rankline.engine.tensorflow;

import io.rankline.export.BuiltModels;
import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.ModelKinds;
import io.rankline.export.engine.EngineModel;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A model of each kind, and its SavedModel. */
final class ExportedKinds {

  private static final Path SAVED = Path.of("target", "saved");
  private static final SortedMap<String, EngineModel> ALL = new TreeMap<>();

  private ExportedKinds() {}

  /** The names of the kinds. */
  static List<String> names() {
    return List.copyOf(all().keySet());
  }

  static EngineModel model(String kind) {
    return Objects.requireNonNull(all().get(kind));
  }

  /** Where its SavedModel is. */
  static Path saved(String kind) {
    all();
    return SAVED.resolve(kind).resolve("1");
  }

  static Folder folder(Path path) {
    return Storage.ofClassPath().folder(path.toString());
  }

  private static synchronized SortedMap<String, EngineModel> all() {
    if (ALL.isEmpty()) {
      ALL.putAll(BuiltModels.of(ModelKinds.class, Path.of("target", "models")));
      ALL.forEach(ExportedKinds::export);
    }
    return ALL;
  }

  private static void export(String kind, EngineModel model) {
    try {
      Files.createDirectories(SAVED.resolve(kind));
      EngineExport.write(
          model, ExportFormat.TENSORFLOW, folder(SAVED.resolve(kind).resolve("1")), 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
