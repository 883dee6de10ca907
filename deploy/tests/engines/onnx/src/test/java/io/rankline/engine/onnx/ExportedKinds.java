package io.rankline.engine.onnx;

import io.rankline.export.BuiltModels;
import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.ModelKinds;
import io.rankline.export.engine.EngineModel;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** A model of each kind, and what it is exported as; made once for all tests. */
final class ExportedKinds {

  private static final Path EXPORTS = Path.of("target", "exports");
  private static final SortedMap<String, EngineModel> MODELS = exported();

  private ExportedKinds() {}

  static List<String> names() {
    return List.copyOf(MODELS.keySet());
  }

  static EngineModel model(String kind) {
    return Objects.requireNonNull(MODELS.get(kind));
  }

  static Folder export(String kind) {
    return Storage.ofClassPath().folder(path(kind).toString());
  }

  static Path path(String kind) {
    return EXPORTS.resolve(kind);
  }

  private static SortedMap<String, EngineModel> exported() {
    SortedMap<String, EngineModel> models =
        BuiltModels.of(ModelKinds.class, Path.of("target", "models"));
    try {
      for (Map.Entry<String, EngineModel> kind : models.entrySet()) {
        EngineExport.write(kind.getValue(), ExportFormat.ONNX, export(kind.getKey()), 1);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return models;
  }
}
