package io.rankline.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.jspecify.annotations.Nullable;

/** Puts files and folders in the place of others. */
final class Replacement {

  /** One for each storage: each opens connections of its own, and logs in. */
  private static final Map<FileSystem, FileContext> CONTEXTS = new WeakHashMap<>();

  private Replacement() {}

  /**
   * Renames a file, in place of one of that name: in one step on local disks and on storage that
   * can, such as HDFS; elsewhere the old file is deleted first.
   */
  static void ofFile(FileSystem storage, Path from, Path to) throws IOException {
    if (storage instanceof RawLocalFileSystem local) {
      java.nio.file.Path target = local.pathToFile(to).toPath();
      Files.move(
          local.pathToFile(from).toPath(),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      sync(target.getParent());
      return;
    }
    FileContext context = context(storage, to);
    if (context == null) {
      storage.delete(to, true);
      move(storage, from, to);
      return;
    }
    context.rename(from, to, Options.Rename.OVERWRITE);
  }

  /** Null where the storage has none. */
  private static @Nullable FileContext context(FileSystem storage, Path file) throws IOException {
    synchronized (CONTEXTS) {
      FileContext context = CONTEXTS.get(storage);
      if (context == null) {
        try {
          context = FileContext.getFileContext(file.toUri(), storage.getConf());
        } catch (UnsupportedFileSystemException e) {
          return null;
        }
        CONTEXTS.put(storage, context);
      }
      return context;
    }
  }

  /** Renames a file or folder where nothing has the new name. */
  static void move(FileSystem storage, Path from, Path to) throws IOException {
    if (!storage.exists(from)) {
      throw new FileNotFoundException("%s does not exist".formatted(from));
    }
    if (!storage.rename(from, to)) {
      throw new IOException("cannot rename %s to %s".formatted(from, to));
    }
    if (storage instanceof RawLocalFileSystem local) {
      sync(local.pathToFile(to).toPath().getParent());
    }
  }

  /** A rename lasts through a power cut once the folder is synced. */
  private static void sync(java.nio.file.@Nullable Path folder) throws IOException {
    // Windows opens no folders; its renames are journalled.
    if (folder != null && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
