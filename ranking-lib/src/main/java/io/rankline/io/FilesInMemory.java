package io.rankline.io;

import java.io.IOException;
import java.util.Map;

/**
 * Files that are written into a folder, as often as is asked for.
 *
 * @param files content by path in the folder, parts apart by slashes, in the order of writing
 */
public record FilesInMemory(Map<String, byte[]> files) implements Folder.Entries {

  /** How much they hold. */
  public long bytes() {
    return files.values().stream().mapToLong(content -> content.length).sum();
  }

  @Override
  public void writeTo(Folder folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      String[] parts = file.getKey().split("/", -1);
      Folder place = folder;
      for (int k = 0; k < parts.length - 1; k++) {
        place = place.folder(parts[k]);
        place.create();
      }
      place.write(parts[parts.length - 1], out -> out.write(file.getValue()));
    }
  }
}
