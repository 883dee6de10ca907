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
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

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

  /** Writes what a folder holds. */
  @FunctionalInterface
  public interface Entries {
    /** Writes it all into a folder that is there and empty. */
    void writeTo(Folder folder) throws IOException;
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

  /** The last part of its path. */
  public String name() {
    return path.getName();
  }

  /** The folder that it lies in. */
  public Folder parent() {
    Path above = path.getParent();
    if (above == null) {
      throw new IllegalArgumentException("%s lies in no folder".formatted(path));
    }
    return new Folder(configuration, above);
  }

  /** The folder of that name in this one, which need not exist. */
  public Folder folder(String name) {
    return new Folder(configuration, new Path(path, name));
  }

  /** Whether there is a file or folder of that name. */
  public boolean has(String name) throws IOException {
    return storage().exists(new Path(path, name));
  }

  /**
   * The names of everything in it, sorted; none if it does not exist. Names that start with a dot
   * are left out: they are what writing leaves behind when it is cut short.
   */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus entry : storage().listStatus(path)) {
        String name = entry.getPath().getName();
        if (!name.startsWith(".")) {
          names.add(name);
        }
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
    Path file = new Path(path, name);
    return new VisibleOnFlush(file, storage().create(file, true, BUFFER));
  }

  /**
   * Writes a file as a whole, in place of one of that name: written beside it, synced, then
   * renamed. Whoever reads meanwhile, or after a crash, finds the old file or the new one.
   *
   * @throws IOException if it cannot be written, as on a full disk; names the path, and what was
   *     there before stays
   */
  public void write(String name, Content content) throws IOException {
    Path target = new Path(path, name);
    Path temporary = new Path(path, "." + name + ".tmp");
    FileSystem storage = storage();
    try {
      try (FSDataOutputStream out = storage.create(temporary, true, BUFFER)) {
        content.writeTo(out);
        out.hsync();
      }
      Replacement.ofFile(storage, temporary, target);
    } catch (IOException | FSError e) {
      discard(storage, temporary, e);
      throw new IOException(
          "cannot write %s: %s; what was there before is kept".formatted(target, said(e)), e);
    } catch (RuntimeException e) {
      discard(storage, temporary, e);
      throw e;
    }
  }

  /**
   * Writes a file of a name that none has.
   *
   * @return whether it did; false if there was one
   * @throws IOException if it cannot be written
   */
  public boolean writeNew(String name, Content content) throws IOException {
    if (has(name)) {
      return false;
    }
    try (FSDataOutputStream out = storage().create(new Path(path, name), false)) {
      content.writeTo(out);
      return true;
    } catch (IOException e) {
      if (has(name)) {
        return false; // another came first; storages have exceptions of their own for that
      }
      throw e;
    }
  }

  /**
   * Writes a folder as a whole, in place of one of that name: written beside it, then renamed.
   *
   * @throws IOException if it cannot be written; what was there before stays
   */
  public void replace(String name, Entries entries) throws IOException {
    String temporary = "." + name + ".tmp";
    delete(temporary);
    Folder folder = folder(temporary);
    try {
      folder.create();
      entries.writeTo(folder);
      rename(temporary, name);
    } catch (IOException | RuntimeException e) {
      discard(storage(), folder.path, e);
      throw e;
    }
  }

  /** Deletes a file, or a folder with all it holds; nothing happens where there is none. */
  public void delete(String name) throws IOException {
    storage().delete(new Path(path, name), true);
  }

  /**
   * Gives an entry another name, in place of one that has it. A file is replaced in one step. A
   * folder is set aside first, and {@link #recover} puts it back if nothing came after.
   */
  public void rename(String from, String to) throws IOException {
    FileSystem storage = storage();
    Path target = new Path(path, to);
    if (!storage.getFileStatus(new Path(path, from)).isDirectory()) {
      Replacement.ofFile(storage, new Path(path, from), target);
      return;
    }
    recover(to);
    Path aside = new Path(path, setAside(to));
    if (storage.exists(target)) {
      Replacement.move(storage, target, aside);
    }
    Replacement.move(storage, new Path(path, from), target);
    storage.delete(aside, true);
  }

  /**
   * Ends what a crash cut short while the folder {@code name} was replaced: the old one comes back
   * if the new one had not taken its place.
   */
  public void recover(String name) throws IOException {
    FileSystem storage = storage();
    Path aside = new Path(path, setAside(name));
    if (!storage.exists(aside)) {
      return;
    }
    if (storage.exists(new Path(path, name))) {
      storage.delete(aside, true);
    } else {
      Replacement.move(storage, aside, new Path(path, name));
    }
  }

  /**
   * Makes the folder and refuses one that cannot be written to.
   *
   * @param role what the folder is, for the message: {@code model_dir}
   * @throws IOException with the way out, if no file can be written there
   */
  public void requireWritable(String role) throws IOException {
    Path probe = new Path(path, ".writable.tmp");
    try {
      create();
      FileSystem storage = storage();
      try (FSDataOutputStream out = storage.create(probe, true)) {
        out.write(0);
      }
      storage.delete(probe, false);
    } catch (IOException | FSError e) {
      throw new IOException(
          "%s %s is not writable (%s); choose another folder or change its permissions"
              .formatted(role, path, e.getMessage()),
          e);
    }
  }

  /** What an error of Hadoop's is about: its own message has the class of that before it. */
  static @Nullable String said(Throwable fault) {
    return fault instanceof FSError error && error.getCause() != null
        ? error.getCause().getMessage()
        : fault.getMessage();
  }

  private static String setAside(String name) {
    return "." + name + ".old";
  }

  private static void discard(FileSystem storage, Path file, Throwable why) {
    try {
      storage.delete(file, true);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private FileSystem storage() throws IOException {
    FileSystem storage = path.getFileSystem(configuration);
    // Hadoop's local storage keeps a .crc file beside each file: TensorBoard takes that of an event
    // file for another event file, readers refuse a file whose writer is still at work, and a
    // report that somebody has edited cannot be opened. A crash between file and checksum would
    // make a whole file unreadable.
    return storage instanceof LocalFileSystem ? LocalFiles.of(configuration) : storage;
  }
}
