package io.rankline.io;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Files on any storage that Hadoop's FileSystem opens: file, hdfs, gs, s3a. */
public final class RecordFiles {

  private static final int BUFFER = 1 << 18;

  private final Configuration configuration;

  /** Files as that configuration reaches them. */
  public RecordFiles(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Whether a storage of that scheme, as {@code hdfs}, is on the class path or configured. */
  public boolean knows(String scheme) {
    try {
      FileSystem.getFileSystemClass(scheme, configuration);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a path stands for several: it has one of {@code , [ ] { } * ? \\}. */
  public static boolean isPattern(String path) {
    return path.chars().anyMatch(c -> ",[]{}*?\\".indexOf(c) >= 0);
  }

  /**
   * The files that a pattern names, sorted by path. A folder stands for every file below it. Files
   * and folders whose name starts with {@code .} or {@code _} are not data.
   *
   * @param pattern a path or glob with or without scheme; several are joined by commas outside
   *     braces
   * @throws FileNotFoundException where it names no file
   */
  public List<FileStatus> list(String pattern) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    for (String part : split(pattern)) {
      Path path = new Path(part);
      FileSystem storage = path.getFileSystem(configuration);
      FileStatus[] matches = storage.globStatus(path);
      List<FileStatus> found = new ArrayList<>();
      for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
        collect(storage, match, found);
      }
      if (found.isEmpty()) {
        throw new FileNotFoundException(
            "'%s' names no file (looked in %s); check the path, and quote patterns in a shell%s"
                .formatted(
                    part,
                    storage.getUri(),
                    part.equals(pattern.strip())
                        ? ""
                        : "; a comma ends a path: where it is part of a name, write ? for it"));
      }
      files.addAll(found);
    }
    files.sort(Comparator.comparing(FileStatus::getPath));
    return files;
  }

  /** The bytes of a file, decompressed as the end of its name says. */
  public InputStream open(Path file) throws IOException {
    InputStream raw = file.getFileSystem(configuration).open(file, BUFFER);
    try {
      return Compression.ofFileName(file.getName()).decompress(raw);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** A new file, compressed as the end of its name says; one that is there is an error. */
  public OutputStream create(Path file) throws IOException {
    OutputStream raw = file.getFileSystem(configuration).create(file, false);
    return new BufferedOutputStream(Compression.ofFileName(file.getName()).compress(raw), BUFFER);
  }

  private static void collect(FileSystem storage, FileStatus match, List<FileStatus> files)
      throws IOException {
    if (match.isFile()) {
      files.add(match);
      return;
    }
    for (FileStatus child : storage.listStatus(match.getPath())) {
      String name = child.getPath().getName();
      if (!name.startsWith(".") && !name.startsWith("_")) {
        collect(storage, child, files);
      }
    }
  }

  /** Parts between commas that stand in no braces. */
  private static List<String> split(String pattern) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(pattern.substring(from, i));
        from = i + 1;
      }
    }
    parts.add(pattern.substring(from));
    return parts.stream().map(String::strip).filter(part -> !part.isEmpty()).toList();
  }
}
