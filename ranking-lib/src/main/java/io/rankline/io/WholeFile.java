package io.rankline.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file that readers find as it was before or as it is now, whatever happens meanwhile. */
record WholeFile(FileSystem storage, Path path) {

  private static final int BUFFER = 1 << 16;

  /**
   * Writes it, in place of one of that name: beside it, synced, then renamed. On object stores a
   * file shows when it is closed, so it is written in its place.
   */
  void write(Folder.Content content) throws IOException {
    boolean inPlace = ObjectStore.is(storage);
    Path beside = new Path(path.getParent(), "." + path.getName() + ".tmp");
    try {
      if (inPlace) {
        writeInPlace(content);
      } else {
        writeBeside(content, beside);
      }
    } catch (IOException | FSError e) {
      discard(inPlace, beside, e);
      throw new IOException(
          "cannot write %s: %s; what was there before is kept".formatted(path, Folder.said(e)), e);
    } catch (RuntimeException e) {
      discard(inPlace, beside, e);
      throw e;
    }
  }

  private void writeBeside(Folder.Content content, Path beside) throws IOException {
    try (FSDataOutputStream out = storage.create(beside, true, BUFFER)) {
      content.writeTo(out);
      out.hsync();
    }
    Replacement.ofFile(storage, beside, path);
  }

  /**
   * The content is made before the file is opened: closing a stream shows what was written, also
   * when the rest is missing, and connectors have no way in common to drop it.
   */
  private void writeInPlace(Folder.Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.writeTo(bytes);
    try (FSDataOutputStream out = storage.create(path, true, BUFFER)) {
      bytes.writeTo(out);
    }
  }

  private void discard(boolean inPlace, Path beside, Throwable why) {
    if (inPlace) {
      return; // nothing shows of a file that was not closed
    }
    try {
      storage.delete(beside, true);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }
}
