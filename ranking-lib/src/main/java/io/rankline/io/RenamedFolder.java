package io.rankline.io;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A folder that takes the place of another, on storage that renames folders in one step. */
record RenamedFolder(FileSystem storage, Path target) {

  /** Writes it beside its place, then renames it. */
  void replace(Folder parent, Folder.Entries entries) throws IOException {
    String beside = SealedFolder.beside(target.getName());
    parent.delete(beside);
    Folder folder = parent.folder(beside);
    try {
      folder.create();
      entries.writeTo(folder);
      replaceBy(new Path(target.getParent(), beside));
    } catch (IOException | RuntimeException e) {
      try {
        parent.delete(beside);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** What stood there is set aside until the other one has its place. */
  void replaceBy(Path other) throws IOException {
    recover();
    if (storage.exists(target)) {
      Replacement.move(storage, target, aside());
    }
    Replacement.move(storage, other, target);
    storage.delete(aside(), true);
  }

  /** Puts back what a crash left set aside, unless another one has its place. */
  void recover() throws IOException {
    if (!storage.exists(aside())) {
      return;
    }
    if (storage.exists(target)) {
      storage.delete(aside(), true);
    } else {
      Replacement.move(storage, aside(), target);
    }
  }

  static String aside(String name) {
    return "." + name + ".old";
  }

  private Path aside() {
    return new Path(target.getParent(), aside(target.getName()));
  }
}
