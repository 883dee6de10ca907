package io.rankline.io;

import java.io.IOException;

/**
 * A folder on storage that renames none in one step. Its seal, a file that is written after all
 * others, says that it is whole.
 *
 * <p>Where there was none, files are written in their place. To replace one that is whole, the new
 * files are written twice: into a folder beside it, then, when the old one is gone, in their place.
 * So one of the two is whole at every moment, and {@link Folder#whole} finds it.
 */
final class SealedFolder {

  private final Folder parent;
  private final String name;
  private final String seal;

  SealedFolder(Folder parent, String name, String seal) {
    this.parent = parent;
    this.name = name;
    this.seal = seal;
  }

  /** The folder that is written beside one of that name. */
  static String beside(String name) {
    return "." + name + ".tmp";
  }

  void replace(Folder.Entries entries) throws IOException {
    String beside = beside(name);
    if (isWhole(name)) {
      remove(beside);
      write(beside, entries);
      remove(name);
    } else {
      // What a crash left. If the folder beside is whole, it stays until there is another one.
      parent.delete(name);
      if (!isWhole(beside)) {
        parent.delete(beside);
      }
    }
    write(name, entries);
    remove(beside);
  }

  private boolean isWhole(String folder) throws IOException {
    return parent.folder(folder).has(seal);
  }

  private void write(String folder, Folder.Entries entries) throws IOException {
    Folder files = parent.folder(folder);
    try {
      entries.writeTo(files);
      if (!files.has(seal)) {
        throw new IllegalStateException(
            "%s must be written last into %s, and was not".formatted(seal, files.path()));
      }
    } catch (IOException | RuntimeException e) {
      try {
        remove(folder);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** The seal first, so that nobody takes what is left for a whole folder. */
  private void remove(String folder) throws IOException {
    parent.folder(folder).delete(seal);
    parent.delete(folder);
  }
}
