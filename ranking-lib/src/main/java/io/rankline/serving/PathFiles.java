package io.rankline.serving;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files of a folder as Java opens them. */
record PathFiles(Path folder) implements ModelFiles {

  @Override
  public String path() {
    return folder.toString();
  }

  @Override
  public InputStream open(String name) throws IOException {
    try {
      return Files.newInputStream(folder.resolve(name));
    } catch (NoSuchFileException e) {
      throw (FileNotFoundException) new FileNotFoundException(e.getMessage()).initCause(e);
    }
  }

  @Override
  public ModelFiles below(String name) {
    return new PathFiles(folder.resolve(name));
  }
}
