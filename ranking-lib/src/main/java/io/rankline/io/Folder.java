package io.rankline.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * One folder on any storage: where checkpoints, logs and exported models are kept.
 *
 * <p>Names are those of its own entries, without a slash. A file that {@link #write} made is either
 * there as a whole or not at all, whatever happens meanwhile.
 */
public final class Folder {

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it all; the stream is closed by whoever opened it. */
    void writeTo(OutputStream out) throws IOException;
  }

  private static final int BUFFER = 1 << 16;

  private final Configuration configuration;
  private final Path path;

  Folder(Configuration configuration, Path path) {
    this.configuration = configuration;
    this.path = path;
  }

  /** Its path, for messages. */
  public String path() {
    return path.toString();
  }

  /** The folder of that name in this one, which need not exist. */
  public Folder folder(String name) {
    return new Folder(configuration, new Path(path, name));
  }

  /** Whether there is a file or folder of that name. */
  public boolean has(String name) throws IOException {
    return storage().exists(new Path(path, name));
  }

  /** The names of everything in it, sorted; none if it does not exist. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus entry : storage().listStatus(path)) {
        names.add(entry.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    Collections.sort(names);
    return List.copyOf(names);
  }

  /** Makes the folder and those above it, where they are missing. */
  public void create() throws IOException {
    if (!storage().mkdirs(path)) {
      throw new IOException("cannot make the folder " + path);
    }
  }

  /**
   * Reads a file.
   *
   * @throws FileNotFoundException if there is none of that name
   */
  public InputStream open(String name) throws IOException {
    return storage().open(new Path(path, name), BUFFER);
  }

  /**
   * A new file to write to bit by bit, in place of one of that name. {@code flush} of the stream
   * makes what was written so far visible to readers.
   */
  public OutputStream stream(String name) throws IOException {
    return new VisibleOnFlush(storage().create(new Path(path, name), true, BUFFER));
  }

  /** Writes a file as a whole, in place of one of that name: written, synced, then renamed. */
  public void write(String name, Content content) throws IOException {
    Path temporary = new Path(path, "." + name + ".tmp");
    FileSystem storage = storage();
    try (FSDataOutputStream out = storage.create(temporary, true, BUFFER)) {
      content.writeTo(out);
      out.hsync();
    } catch (IOException | RuntimeException e) {
      storage.delete(temporary, false);
      throw e;
    }
    replace(storage, temporary, new Path(path, name));
  }

  /** Deletes a file, or a folder with all it holds; nothing happens where there is none. */
  public void delete(String name) throws IOException {
    storage().delete(new Path(path, name), true);
  }

  /** Gives an entry another name, in place of one that has it. */
  public void rename(String from, String to) throws IOException {
    replace(storage(), new Path(path, from), new Path(path, to));
  }

  private static void replace(FileSystem storage, Path from, Path to) throws IOException {
    if (storage.exists(to)) {
      // Not every storage replaces what is there; readers of a checkpoint look for the newest whole
      // one.
      storage.delete(to, true);
    }
    if (!storage.rename(from, to)) {
      throw new IOException("cannot rename %s to %s".formatted(from, to));
    }
  }

  private FileSystem storage() throws IOException {
    FileSystem storage = path.getFileSystem(configuration);
    // Hadoop's local storage keeps a .crc file beside each file: TensorBoard takes that of an event
    // file for another event file, readers refuse a file whose writer is still at work, and a
    // report that somebody has edited cannot be opened.
    return storage instanceof LocalFileSystem local ? local.getRawFileSystem() : storage;
  }

  /** HDFS shows readers what was flushed only after a call of its own. */
  private static final class VisibleOnFlush extends OutputStream {
    private final FSDataOutputStream out;

    VisibleOnFlush(FSDataOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.hflush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
