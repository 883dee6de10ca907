package io.rankline.serving;

import io.rankline.feature.token.Vocabulary;
import io.rankline.io.FilesInMemory;
import io.rankline.io.Folder;
import io.rankline.model.ModelDescription;
import io.rankline.model.NetworkFile;
import io.rankline.text.Hocon;
import io.rankline.text.RecordCodec;
import io.rankline.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The files of an exported model. */
final class SavedModelFolder {

  private SavedModelFolder() {}

  /** Writes all files, in place of those that are there; later, where the folder has a queue. */
  static void write(Folder target, ModelExport export) throws IOException {
    Folder parent = target.parent();
    FilesInMemory files = new FilesInMemory(files(export));
    parent.later(files.bytes(), () -> parent.replace(target.name(), StoredModel.MODEL_FILE, files));
  }

  /** The folder, or the one that a crash left beside it while it was replaced. */
  static Folder whole(Folder asked) throws IOException {
    return asked
        .whole(StoredModel.MODEL_FILE)
        .orElseThrow(
            () ->
                new SavedModelException(
                    "%s holds no exported model: there is no %s; name a folder that was exported to, such as"
                            .formatted(asked.path(), StoredModel.MODEL_FILE)
                        + " MODEL_DIR/export/latest_model",
                    null));
  }

  static boolean isIn(Folder asked) throws IOException {
    return asked.whole(StoredModel.MODEL_FILE).isPresent();
  }

  /** The content of all files by their paths, in the order that they are written. */
  private static Map<String, byte[]> files(ModelExport export) throws IOException {
    ModelDescription model = export.model().description();
    ComputationGraph graph = export.model().graph();
    Map<String, byte[]> files = new LinkedHashMap<>();
    SortedMap<String, String> vocabularyFiles = new TreeMap<>();
    for (Map.Entry<String, Vocabulary> entry : model.vocabularies().entrySet()) {
      String file = fileName(entry.getKey(), vocabularyFiles.size());
      vocabularyFiles.put(entry.getKey(), file);
      files.put(StoredModel.ASSETS + "/" + file, tokens(entry.getValue()));
    }
    NetworkFile file =
        export.withUpdater() ? NetworkFile.withUpdater(graph) : NetworkFile.withoutUpdater(graph);
    byte[] network = file.bytes();
    files.put(StoredModel.NETWORK_FILE, network);
    if (export.profile() != null) {
      files.put(
          StoredModel.PROFILE_FILE,
          Hocon.render(RecordCodec.write(export.profile())).getBytes(StandardCharsets.UTF_8));
    }
    BaseModel base = export.base();
    SavedModelText.Base ofBase = null;
    if (base != null) {
      base.files().forEach((name, content) -> files.put(BaseModel.FOLDER + "/" + name, content));
      ofBase = new SavedModelText.Base(base.digest());
    }
    String json =
        new SavedModelText(
                model,
                export.records(),
                new SavedModelText.Network(Sha256.of(network)),
                vocabularyFiles,
                new SavedModelText.Answers(export.servingDefault()),
                export.configuration(),
                ofBase,
                export.data(),
                export.metrics(),
                Versions.current())
            .render();
    files.put(StoredModel.MODEL_FILE, json.getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** The vocabulary's own name where that is a plain file name. */
  private static String fileName(String name, int number) {
    return name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")
        ? name
        : "vocabulary_%s.txt".formatted(number);
  }

  private static byte[] tokens(Vocabulary vocabulary) {
    StringBuilder lines = new StringBuilder();
    for (String token : vocabulary.tokens()) {
      if (token.contains("\n") || token.contains("\r")) {
        throw new IllegalArgumentException(
            "vocabulary '%s' has a token with a line break, which its file cannot hold: '%s'"
                .formatted(vocabulary.name(), token));
      }
      lines.append(token).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
