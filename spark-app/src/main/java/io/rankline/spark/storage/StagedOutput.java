package io.rankline.spark.storage;

import io.rankline.io.Folder;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import io.rankline.spark.terminal.FailureText;
import io.rankline.spark.terminal.FaultLine;
import io.rankline.spark.terminal.UsageException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * A folder that appears under its name only when everything in it is written. Until then the files
 * lie in a hidden folder beside it, which goes away when the work fails, is interrupted, or ends
 * without {@link #commit}. On object stores the files appear one by one, and then {@code _SUCCESS},
 * as Spark's own jobs do it.
 */
public final class StagedOutput implements Closeable {

  /** Spark stops its tasks at 40 and above, Hadoop closes its file systems at 10. */
  private static final int AFTER_SPARK_BEFORE_STORAGE = 20;

  private static final String WHOLE = "_SUCCESS";

  private final FileSystem storage;
  private final Path target;
  private final Path staging;
  private final boolean overwrite;
  private final Runnable cleaner = this::deleteStaging;
  private boolean settled;

  private StagedOutput(FileSystem storage, Path target, boolean overwrite) {
    this.storage = storage;
    this.target = target;
    this.overwrite = overwrite;
    this.staging =
        new Path(
            target.getParent(),
            ".%s.writing-%s".formatted(target.getName(), UUID.randomUUID().toString()));
  }

  /**
   * Makes the hidden folder.
   *
   * @param overwrite whether a folder of that name that has files gives way at {@link #commit}
   * @throws UsageException where there is one and it must not
   */
  public static StagedOutput open(Configuration configuration, String folder, boolean overwrite)
      throws IOException {
    Path named = new Path(folder);
    FileSystem storage = named.getFileSystem(configuration);
    storage.setWriteChecksum(false);
    Path target = storage.makeQualified(named);
    if (target.getParent() == null) {
      throw new UsageException(
          "--output must be a folder below the root, got '%s'".formatted(folder));
    }
    if (isFile(storage, target)) {
      throw new UsageException(
          "output '%s' is a file, and a folder is made; name another".formatted(folder));
    }
    if (!overwrite && holdsSomething(storage, target)) {
      throw new UsageException(
          "output '%s' exists; name another folder or pass --overwrite".formatted(folder));
    }
    StagedOutput output = new StagedOutput(storage, target, overwrite);
    try {
      if (!storage.mkdirs(output.staging)) {
        throw new IOException("the folder could not be made");
      }
    } catch (IOException e) {
      throw new IOException("cannot write to '%s'".formatted(folder), e);
    }
    ShutdownHookManager.get().addShutdownHook(output.cleaner, AFTER_SPARK_BEFORE_STORAGE);
    return output;
  }

  /**
   * Refuses an output whose place data takes, which would give way to what is made of it.
   *
   * @param folder of the output
   * @param read files of the data, with their storage
   * @throws UsageException if one of them lies in that folder
   */
  public static void requireApart(Configuration configuration, String folder, List<String> read)
      throws IOException {
    Path named = new Path(folder);
    Path target = named.getFileSystem(configuration).makeQualified(named);
    for (String file : read) {
      for (Path above = new Path(file); above != null; above = above.getParent()) {
        if (above.equals(target)) {
          throw new UsageException(
              "--output '%s' holds the data itself, as '%s'; name another folder"
                  .formatted(folder, file));
        }
      }
    }
  }

  /** Where to write files until {@link #commit}. */
  public Path folder() {
    return staging;
  }

  /** A new file; compressed as the end of its name says. Runs on executors as well. */
  public static OutputStream create(Configuration configuration, Path file) throws IOException {
    // Checksum files of the local file system would look like data to others.
    file.getFileSystem(configuration).setWriteChecksum(false);
    return new RecordFiles(configuration).create(file);
  }

  /** Shows the folder under its name, in the place of what stood there. */
  public void commit() throws IOException {
    if (!overwrite && holdsSomething(storage, target)) {
      throw new IOException("cannot rename '%s' to '%s'".formatted(staging, target));
    }
    Folder parent = Storage.of(storage.getConf()).folder(target.getParent().toString());
    parent.rename(staging.getName(), target.getName());
    Folder shown = parent.folder(target.getName());
    if (shown.showsWholeFilesOnly()) {
      shown.write(WHOLE, out -> {});
    }
    settle();
  }

  @Override
  public void close() {
    if (!settled) {
      deleteStaging();
      settle();
    }
  }

  private void settle() {
    settled = true;
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(cleaner);
    }
  }

  private void deleteStaging() {
    try {
      storage.delete(staging, true);
    } catch (IOException e) {
      FaultLine.warn("left behind " + staging + ": " + FailureText.of(e));
    }
  }

  private static boolean isFile(FileSystem storage, Path target) throws IOException {
    try {
      return storage.getFileStatus(target).isFile();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private static boolean holdsSomething(FileSystem storage, Path target) throws IOException {
    try {
      return storage.listStatus(target).length > 0; // of a file that is the file
    } catch (FileNotFoundException e) {
      return false;
    }
  }
}
