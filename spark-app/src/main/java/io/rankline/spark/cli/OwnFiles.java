package io.rankline.spark.cli;

import io.rankline.io.Storage;
import io.rankline.spark.terminal.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.jspecify.annotations.Nullable;

/** Files that a command writes: each its own, and none that it reads. */
final class OwnFiles {

  /** Options by the file that they name. */
  private final Map<String, String> written = new LinkedHashMap<>();

  /**
   * Adds a file.
   *
   * @param file null where the option is not given
   * @throws UsageException if another option names it
   */
  OwnFiles writes(String option, @Nullable Object file) {
    if (file != null) {
      String other = written.putIfAbsent(plain(file.toString()), option);
      if (other != null) {
        throw new UsageException(
            "%s and %s name the same file, '%s'; name two".formatted(other, option, file));
      }
    }
    return this;
  }

  /**
   * Refuses to write a file that is read.
   *
   * @throws UsageException naming option and file
   */
  void requireNot(String read) {
    String option = written.get(plain(read));
    if (option != null) {
      throw new UsageException(
          "%s would be written over '%s', which is read; name another file"
              .formatted(option, read));
    }
  }

  /**
   * The same for all files of a pattern; those that are not there are told of when they are read.
   */
  void requireNoneOf(String pattern) {
    if (written.isEmpty()) {
      return;
    }
    try {
      for (FileStatus file : Storage.ofClassPath().recordFiles().list(pattern)) {
        requireNot(file.getPath().toString());
      }
    } catch (IOException | IllegalArgumentException e) {
      return; // no files, as the URL of a database: whoever reads it says what is wrong
    }
  }

  /** Whether two paths are of one file or folder, as far as their text tells. */
  static boolean same(String one, String other) {
    return plain(one).equals(plain(other));
  }

  private static String plain(String path) {
    String local = path.replaceFirst("^file:(//)?(?=/)", "");
    return local.contains("://") ? local : Path.of(local).toAbsolutePath().normalize().toString();
  }
}
