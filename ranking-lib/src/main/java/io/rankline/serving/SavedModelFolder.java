package io.rankline.serving;

import io.rankline.feature.token.Vocabulary;
import io.rankline.io.Folder;
import io.rankline.model.ModelDescription;
import io.rankline.model.NetworkFile;
import io.rankline.text.Sha256;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The files of an exported model. */
final class SavedModelFolder {

  static final String MODEL_FILE = "ranking_model.json";
  static final String NETWORK_FILE = "network.zip";
  static final String ASSETS = "assets";

  private SavedModelFolder() {}

  /** What was read: the text, and the network it goes with. */
  record Content(SavedModelText text, ComputationGraph network) {}

  /** Writes all files, in place of those that are there. */
  static void write(Folder target, ModelExport export) throws IOException {
    target.parent().replace(target.name(), folder -> writeFiles(folder, export));
  }

  static Content read(Folder asked) throws IOException {
    Folder folder = whole(asked);
    String json = new String(bytes(folder, MODEL_FILE), StandardCharsets.UTF_8);
    SavedModelText text;
    try {
      text =
          SavedModelText.parse(
              json,
              folder.path() + "/" + MODEL_FILE,
              (name, file) -> vocabulary(folder.folder(ASSETS), name, file));
    } catch (UncheckedIOException e) {
      throw new SavedModelException(
          "%s; copy the whole folder, or export the model again".formatted(e.getMessage()), e);
    }
    byte[] network = bytes(folder, NETWORK_FILE);
    String place = folder.path() + "/" + NETWORK_FILE;
    String digest = Sha256.of(network);
    if (!digest.equals(text.network().sha256())) {
      throw new SavedModelException(
          "%s: is damaged: its SHA-256 must be %s, got %s; copy it again, or export the model again"
              .formatted(place, text.network().sha256(), digest),
          null);
    }
    try {
      return new Content(text, NetworkFile.read(network));
    } catch (IOException e) {
      throw new SavedModelException(
          "%s: cannot be read: %s; are the classes of its layers on the classpath?"
              .formatted(place, e.getMessage()),
          e);
    }
  }

  /** The folder, or the one that a crash left aside while it was replaced. */
  private static Folder whole(Folder asked) throws IOException {
    if (asked.has(MODEL_FILE)) {
      return asked;
    }
    if (aside(asked).has(MODEL_FILE)) {
      return aside(asked);
    }
    throw new SavedModelException(
        "%s holds no exported model: there is no %s; name a folder that was exported to, such as"
                .formatted(asked.path(), MODEL_FILE)
            + " MODEL_DIR/export/latest_model",
        null);
  }

  static boolean isIn(Folder asked) throws IOException {
    return asked.has(MODEL_FILE) || aside(asked).has(MODEL_FILE);
  }

  /** What a model file says of itself that cannot be. */
  static SavedModelException contradiction(Folder folder, IllegalArgumentException fault) {
    return new SavedModelException(
        "%s/%s: is damaged: %s; copy it again, or export the model again"
            .formatted(folder.path(), MODEL_FILE, fault.getMessage()),
        fault);
  }

  private static Folder aside(Folder asked) {
    return asked.parent().folder("." + asked.name() + ".old");
  }

  private static void writeFiles(Folder folder, ModelExport export) throws IOException {
    ModelDescription model = ModelDescription.of(export.model());
    ComputationGraph graph = export.model().graph();
    byte[] network =
        export.withUpdater() ? NetworkFile.withUpdater(graph) : NetworkFile.withoutUpdater(graph);
    SortedMap<String, String> vocabularyFiles = new TreeMap<>();
    for (Map.Entry<String, Vocabulary> entry : model.vocabularies().entrySet()) {
      String file = fileName(entry.getKey(), vocabularyFiles.size());
      vocabularyFiles.put(entry.getKey(), file);
      Folder assets = folder.folder(ASSETS);
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
    folder.write(NETWORK_FILE, out -> out.write(network));
    folder.write(MODEL_FILE, out -> out.write(json.getBytes(StandardCharsets.UTF_8)));
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

  private static Vocabulary vocabulary(Folder assets, String name, String file) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(assets.open(file), StandardCharsets.UTF_8))) {
      return Vocabulary.read(name, lines);
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException("%s/%s is missing".formatted(assets.path(), file), e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s/%s cannot be read: %s".formatted(assets.path(), file, e.getMessage()), e);
    }
  }

  private static byte[] bytes(Folder folder, String name) throws IOException {
    try (InputStream in = folder.open(name)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new SavedModelException(
          "%s/%s is missing; copy the whole folder, or export the model again"
              .formatted(folder.path(), name),
          e);
    }
  }
}
