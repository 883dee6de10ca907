package io.rankline.serving;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** The files of an exported model, wherever they lie. */
interface ModelFiles {

  /** The folder, for messages. */
  String path();

  /**
   * Opens a file.
   *
   * @param name with / between the parts
   * @throws FileNotFoundException if it is not there
   */
  InputStream open(String name) throws IOException;

  /** Those of a folder in it, which need not be there. */
  ModelFiles below(String name);
}
