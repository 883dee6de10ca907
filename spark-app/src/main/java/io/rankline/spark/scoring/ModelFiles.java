package io.rankline.spark.scoring;

import io.rankline.io.FilesInMemory;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.serving.ExportFiles;
import io.rankline.serving.SavedRankingModel;
import io.rankline.text.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of an exported model, which travel to executors and into folders of saved stages.
 *
 * @param files content by path in the folder of the export
 */
public record ModelFiles(TreeMap<String, byte[]> files) implements Serializable {

  /**
   * Those of a folder, or of the whole one that a crash left beside it.
   *
   * @throws IOException if there are none, or they cannot be read
   */
  public static ModelFiles read(Folder asked) throws IOException {
    Folder folder = asked.whole(SavedRankingModel.FILE).orElse(asked);
    TreeMap<String, byte[]> files = new TreeMap<>(ExportFiles.all(folder));
    if (files.isEmpty()) {
      throw new FileNotFoundException(folder.path() + " holds no model; save it again");
    }
    return new ModelFiles(files);
  }

  /** Writes them into a folder, {@link SavedRankingModel#FILE} last. */
  public void write(Folder folder) throws IOException {
    folder.create();
    Map<String, byte[]> ordered = new LinkedHashMap<>(files);
    byte[] last = ordered.remove(SavedRankingModel.FILE);
    if (last != null) {
      ordered.put(SavedRankingModel.FILE, last);
    }
    new FilesInMemory(ordered).writeTo(folder);
  }

  /**
   * The model.
   *
   * @throws IOException if files are damaged or of a newer format, which names the way out
   */
  public SavedRankingModel load() throws IOException {
    Path folder = Files.createTempDirectory("rankline-model");
    try {
      Folder local = Storage.ofClassPath().folder(folder.toUri().toString());
      write(local);
      return SavedRankingModel.load(local);
    } finally {
      try (Stream<Path> made = Files.walk(folder)) {
        for (Path path : made.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** What tells models apart. */
  public String digest() {
    Sha256 digest = new Sha256();
    files.forEach((name, content) -> digest.add(name).add(content));
    return digest.hex();
  }
}
