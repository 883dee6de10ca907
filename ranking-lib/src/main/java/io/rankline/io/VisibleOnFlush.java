package io.rankline.io;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;

/** HDFS shows readers what was flushed only after a call of its own. */
final class VisibleOnFlush extends OutputStream {
  private final Path file;
  private final FSDataOutputStream out;

  VisibleOnFlush(Path file, FSDataOutputStream out) {
    this.file = file;
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    written(() -> out.write(value));
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    written(() -> out.write(bytes, offset, length));
  }

  @Override
  public void flush() throws IOException {
    written(out::hflush);
  }

  @Override
  public void close() throws IOException {
    written(out::close);
  }

  /** Hadoop makes an Error of what the local disk says, a full one included. */
  private void written(Writing writing) throws IOException {
    try {
      writing.run();
    } catch (IOException | FSError e) {
      throw new IOException("cannot write %s: %s".formatted(file, Folder.said(e)), e);
    }
  }

  private interface Writing {
    void run() throws IOException;
  }
}
