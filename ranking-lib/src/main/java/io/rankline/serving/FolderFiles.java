package io.rankline.serving;

import io.rankline.io.Folder;
import java.io.IOException;
import java.io.InputStream;

/** Files of a folder on any storage. */
record FolderFiles(Folder folder) implements ModelFiles {

  @Override
  public String path() {
    return folder.path();
  }

  @Override
  public InputStream open(String name) throws IOException {
    int slash = name.indexOf('/');
    return slash < 0
        ? folder.open(name)
        : new FolderFiles(folder.folder(name.substring(0, slash))).open(name.substring(slash + 1));
  }

  @Override
  public ModelFiles below(String name) {
    return new FolderFiles(folder.folder(name));
  }
}
