package io.rankline.spark.evaluation;

import io.rankline.io.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that results go to: of this machine, or on a storage that Hadoop opens where the path says
 * which, as {@code hdfs://head/results.csv} does.
 *
 * @param path of the file
 */
public record ResultFile(String path) {

  /** What the file will hold. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A file that an option names.
   *
   * @throws IllegalArgumentException if there is a folder of that name on this machine
   */
  public static ResultFile of(String option, String path) {
    if (!isRemote(path) && Files.isDirectory(Path.of(path))) {
      throw new IllegalArgumentException(
          "%s must be a file, got the folder %s".formatted(option, path));
    }
    return new ResultFile(path);
  }

  /** Writes it, in place of one that is there; folders above it are made. */
  void write(Content content) throws IOException {
    try (OutputStream out = open()) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new IOException(path + ": cannot be written: " + e, e);
    }
  }

  private OutputStream open() throws IOException {
    if (isRemote(path)) {
      org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(path);
      return remote.getFileSystem(Storage.ofClassPath().configuration()).create(remote, true);
    }
    Path file = Path.of(path);
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return Files.newOutputStream(file);
  }

  private static boolean isRemote(String path) {
    return path.contains("://");
  }
}
