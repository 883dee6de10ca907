package io.rankline.serving;

import io.rankline.io.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of an export, with those of its members and of its base. */
final class ExportFiles {

  private ExportFiles() {}

  /** Content by path, the file by which an export is known last. */
  static Map<String, byte[]> of(Folder export) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Folder assets = export.folder(StoredModel.ASSETS);
    for (String name : assets.names()) {
      files.put(StoredModel.ASSETS + "/" + name, bytes(assets, name));
    }
    Folder members = export.folder(StoredEnsemble.MEMBERS);
    for (String number : members.names()) {
      putAll(files, StoredEnsemble.MEMBERS + "/" + number, members.folder(number));
    }
    if (export.folder(BaseModel.FOLDER).has(StoredModel.MODEL_FILE)) {
      putAll(files, BaseModel.FOLDER, export.folder(BaseModel.FOLDER));
    }
    for (String name :
        List.of(StoredModel.NETWORK_FILE, StoredModel.PROFILE_FILE, StoredModel.MODEL_FILE)) {
      if (export.has(name)) {
        files.put(name, bytes(export, name));
      }
    }
    return files;
  }

  private static void putAll(Map<String, byte[]> files, String prefix, Folder export)
      throws IOException {
    of(export).forEach((name, content) -> files.put(prefix + "/" + name, content));
  }

  private static byte[] bytes(Folder folder, String name) throws IOException {
    try (InputStream in = folder.open(name)) {
      return in.readAllBytes();
    }
  }
}
