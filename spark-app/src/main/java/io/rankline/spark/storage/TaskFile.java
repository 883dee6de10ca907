package io.rankline.spark.storage;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;

/**
 * A file that a task writes. A task that is repeated writes a file of its own and renames it when
 * it is whole, so that no attempt disturbs another.
 */
public final class TaskFile {

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes it all; the stream is closed by whoever opened it. */
    void writeTo(OutputStream out) throws IOException;
  }

  private TaskFile() {}

  /**
   * Writes a file, in place of one of that name; compressed as the end of its name says.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(Configuration configuration, Path file, Content content)
      throws IOException {
    Path attempt =
        new Path(
            file.getParent(),
            ".attempt-%s-%s".formatted(TaskContext.get().taskAttemptId(), file.getName()));
    try (OutputStream out = StagedOutput.create(configuration, attempt)) {
      content.writeTo(out);
    }
    FileSystem storage = file.getFileSystem(configuration);
    storage.delete(file, false);
    if (!storage.rename(attempt, file)) {
      throw new IOException("cannot rename '%s' to '%s'".formatted(attempt, file));
    }
  }
}
