package io.rankline.serving;

import io.rankline.io.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The files of an export, with those of its members and of its base. */
public final class ExportFiles {

  private static final Set<String> FOLDERS =
      Set.of(StoredModel.ASSETS, StoredEnsemble.MEMBERS, BaseModel.FOLDER);

  private static final Set<String> READ =
      Set.of(StoredModel.NETWORK_FILE, StoredModel.PROFILE_FILE, StoredModel.MODEL_FILE);

  private ExportFiles() {}

  /**
   * Those that a model is read from.
   *
   * @return content by path, parts apart by slashes; the file by which an export is known last
   */
  static Map<String, byte[]> of(Folder export) throws IOException {
    return of(export, READ::contains);
  }

  /**
   * All files of an export, those that lie beside what a model is read from too.
   *
   * @return content by path, parts apart by slashes, {@link SavedRankingModel#FILE} last; none for
   *     a folder that is not there
   * @throws IOException if they cannot be read
   */
  public static Map<String, byte[]> all(Folder export) throws IOException {
    return of(export, name -> !FOLDERS.contains(name));
  }

  private static Map<String, byte[]> of(Folder export, Predicate<String> wanted)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Folder assets = export.folder(StoredModel.ASSETS);
    for (String name : assets.names()) {
      files.put(StoredModel.ASSETS + "/" + name, bytes(assets, name));
    }
    Folder members = export.folder(StoredEnsemble.MEMBERS);
    for (String number : members.names()) {
      putAll(files, StoredEnsemble.MEMBERS + "/" + number, of(members.folder(number), wanted));
    }
    Folder base = export.folder(BaseModel.FOLDER);
    if (base.has(StoredModel.MODEL_FILE)) {
      putAll(files, BaseModel.FOLDER, of(base, wanted));
    }
    for (String name : export.names()) {
      if (wanted.test(name) && !name.equals(StoredModel.MODEL_FILE)) {
        files.put(name, bytes(export, name));
      }
    }
    if (export.has(StoredModel.MODEL_FILE)) {
      files.put(StoredModel.MODEL_FILE, bytes(export, StoredModel.MODEL_FILE));
    }
    return files;
  }

  private static void putAll(Map<String, byte[]> files, String prefix, Map<String, byte[]> part) {
    part.forEach((name, content) -> files.put(prefix + "/" + name, content));
  }

  private static byte[] bytes(Folder folder, String name) throws IOException {
    try (InputStream in = folder.open(name)) {
      return in.readAllBytes();
    }
  }
}
