package io.rankline.serving;

import io.rankline.feature.token.Vocabulary;
import io.rankline.io.Folder;
import io.rankline.model.ModelDescription;
import io.rankline.model.NetworkFile;
import io.rankline.text.Hocon;
import io.rankline.text.RecordCodec;
import io.rankline.text.Sha256;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The files of an exported model. */
final class SavedModelFolder {

  private SavedModelFolder() {}

  /** Writes all files, in place of those that are there. */
  static void write(Folder target, ModelExport export) throws IOException {
    target
        .parent()
        .replace(target.name(), StoredModel.MODEL_FILE, folder -> writeFiles(folder, export));
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

  private static void writeFiles(Folder folder, ModelExport export) throws IOException {
    ModelDescription model = export.model().description();
    ComputationGraph graph = export.model().graph();
    byte[] network =
        export.withUpdater() ? NetworkFile.withUpdater(graph) : NetworkFile.withoutUpdater(graph);
    SortedMap<String, String> vocabularyFiles = new TreeMap<>();
    for (Map.Entry<String, Vocabulary> entry : model.vocabularies().entrySet()) {
      String file = fileName(entry.getKey(), vocabularyFiles.size());
      vocabularyFiles.put(entry.getKey(), file);
      Folder assets = folder.folder(StoredModel.ASSETS);
      assets.create();
      assets.write(file, out -> writeTokens(entry.getValue(), out));
    }
    String json =
        new SavedModelText(
                model,
                export.records(),
                new SavedModelText.Network(Sha256.of(network)),
                vocabularyFiles,
                new SavedModelText.Answers(export.servingDefault()),
                export.configuration(),
                export.data(),
                export.metrics(),
                Versions.current())
            .render();
    folder.write(StoredModel.NETWORK_FILE, out -> out.write(network));
    if (export.profile() != null) {
      String profile = Hocon.render(RecordCodec.write(export.profile()));
      folder.write(
          StoredModel.PROFILE_FILE, out -> out.write(profile.getBytes(StandardCharsets.UTF_8)));
    }
    folder.write(StoredModel.MODEL_FILE, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
  }

  /** The vocabulary's own name where that is a plain file name. */
  private static String fileName(String name, int number) {
    return name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")
        ? name
        : "vocabulary_%s.txt".formatted(number);
  }

  private static void writeTokens(Vocabulary vocabulary, OutputStream out) throws IOException {
    BufferedWriter lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    for (String token : vocabulary.tokens()) {
      if (token.contains("\n") || token.contains("\r")) {
        throw new IllegalArgumentException(
            "vocabulary '%s' has a token with a line break, which its file cannot hold: '%s'"
                .formatted(vocabulary.name(), token));
      }
      lines.write(token);
      lines.write('\n');
    }
    lines.flush();
  }
}
