package io.rankline.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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

  /** Writes what a folder holds; may be called twice. */
  @FunctionalInterface
  public interface Entries {
    /** Writes it all into a folder that is there and empty. */
    void writeTo(Folder folder) throws IOException;
  }

  private static final int BUFFER = 1 << 16;

  private final Configuration configuration;
  private final Path path;
  private final @Nullable WriteQueue queue;

  Folder(Configuration configuration, Path path) {
    this(configuration, path, null);
  }

  private Folder(Configuration configuration, Path path, @Nullable WriteQueue queue) {
    this.configuration = configuration;
    this.path = path;
    this.queue = queue;
  }

  /** The same folder, which gives {@link #later} and that of all folders in it to a queue. */
  public Folder through(@Nullable WriteQueue writes) {
    return new Folder(configuration, path, writes);
  }

  /**
   * Writes, at once or, where there is a queue, later: after what was queued before and before
   * anything else is done with this folder.
   *
   * @param bytes how much memory it keeps until it is done
   * @param write has all that it needs in memory
   * @throws IOException if it cannot be written, or what was queued before could not
   */
  public void later(long bytes, WriteQueue.Write write) throws IOException {
    if (queue == null) {
      write.run();
    } else {
      queue.add(bytes, write);
    }
  }

  /**
   * Waits until all that was given to {@link #later} is written.
   *
   * @throws IOException if something of it could not be written
   */
  public void settle() throws IOException {
    if (queue != null) {
      queue.settle();
    }
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
    return new Folder(configuration, above, queue);
  }

  /** The folder of that name in this one, which need not exist. */
  public Folder folder(String name) {
    return new Folder(configuration, new Path(path, name), queue);
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
   * Writes a file as a whole, in place of one of that name, and synced. Whoever reads meanwhile, or
   * after a crash, finds the old file or the new one.
   *
   * @throws IOException if it cannot be written, as on a full disk; names the path, and what was
   *     there before stays
   */
  public void write(String name, Content content) throws IOException {
    new WholeFile(storage(), new Path(path, name)).write(content);
  }

  /**
   * Writes a file of a name that none has.
   *
   * @return whether it did; false if there was one
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
   * Object stores rename file by file, so there it is {@link SealedFolder} that writes.
   *
   * @param seal the file that {@code entries} writes last, by which a folder is known to be whole
   * @throws IOException if it cannot be written; the folder of before is whole then, or the new one
   *     is, and {@link #whole} finds it
   */
  public void replace(String name, String seal, Entries entries) throws IOException {
    if (showsWholeFilesOnly()) {
      new SealedFolder(this, name, seal).replace(entries);
      return;
    }
    new RenamedFolder(storage(), new Path(path, name)).replace(this, entries);
  }

  /**
   * This folder if it is whole, or else the whole one that a crash left beside it while it was
   * replaced; empty if there is neither.
   *
   * @param seal as for {@link #replace}
   */
  public Optional<Folder> whole(String seal) throws IOException {
    for (Folder candidate :
        List.of(
            this,
            parent().folder(RenamedFolder.aside(name())),
            parent().folder(SealedFolder.beside(name())))) {
      if (candidate.has(seal)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether nobody sees of a file what was flushed, and all of it when it is closed, as on object
   * stores.
   */
  public boolean showsWholeFilesOnly() throws IOException {
    return ObjectStore.is(path.getFileSystem(configuration));
  }

  /** Deletes a file, or a folder with all it holds; nothing happens where there is none. */
  public void delete(String name) throws IOException {
    storage().delete(new Path(path, name), true);
  }

  /**
   * Gives an entry another name, in place of one that has it. A file is replaced in one step. A
   * folder is set aside first, and {@link #recover} puts it back if nothing came after. On object
   * stores a folder is renamed file by file.
   */
  public void rename(String from, String to) throws IOException {
    FileSystem storage = storage();
    Path source = new Path(path, from);
    Path target = new Path(path, to);
    if (!storage.getFileStatus(source).isDirectory()) {
      Replacement.ofFile(storage, source, target);
    } else if (ObjectStore.is(storage)) {
      storage.delete(target, true); // an aside would be copied file by file, twice
      Replacement.move(storage, source, target);
    } else {
      new RenamedFolder(storage, target).replaceBy(source);
    }
  }

  /**
   * Ends what a crash cut short while a folder was replaced: the old one comes back if the new one
   * had not taken its place.
   */
  public void recover(String name) throws IOException {
    new RenamedFolder(storage(), new Path(path, name)).recover();
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
              .formatted(role, path, said(e)),
          e);
    }
  }

  /** What an error of Hadoop's is about; its own message has a class before that. */
  static @Nullable String said(Throwable fault) {
    Throwable inner =
        fault instanceof FSError && fault.getCause() != null ? fault.getCause() : fault;
    return inner.getMessage() == null ? null : StoreWords.of(inner.getMessage());
  }

  private FileSystem storage() throws IOException {
    settle();
    FileSystem storage = path.getFileSystem(configuration);
    // Hadoop's local storage keeps a .crc file beside each file: TensorBoard takes that for an
    // event
    // file, readers refuse a file whose writer is at work, and a report that somebody has edited
    // cannot be opened. A crash between file and checksum would make a whole file unreadable.
    return storage instanceof LocalFileSystem ? LocalFiles.of(configuration) : storage;
  }
}
