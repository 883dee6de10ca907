package io.rankline.io;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.io.compress.DefaultCodec;
import org.apache.hadoop.io.compress.DeflateCodec;
import org.apache.hadoop.io.compress.GzipCodec;
import org.apache.hadoop.io.compress.ZStandardCodec;
import org.jspecify.annotations.Nullable;

/** Files on any storage that Hadoop's FileSystem opens: file, hdfs, gs, s3a. */
public final class RecordFiles {

  private static final int BUFFER = 1 << 18;

  /** Codecs whose files show in their first bytes; without those, a name alone is wrong. */
  private static final Set<Class<?>> SHOWN =
      Set.of(
          GzipCodec.class,
          DefaultCodec.class,
          DeflateCodec.class,
          BZip2Codec.class,
          ZStandardCodec.class);

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
   * and folders whose name starts with {@code .} or {@code _} are not data, unless a path names
   * them without a pattern, or its pattern starts so too.
   *
   * @param pattern a path or glob with or without scheme; several are joined by commas outside
   *     braces
   * @throws FileNotFoundException where it names no file
   * @throws IOException where two paths name the same file, whose items would count twice
   */
  public List<FileStatus> list(String pattern) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    Map<Path, String> named = new HashMap<>();
    for (String part : split(pattern)) {
      Path path = new Path(part);
      FileSystem storage = path.getFileSystem(configuration);
      FileStatus[] matches = storage.globStatus(path);
      List<FileStatus> found = new ArrayList<>();
      for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
        if (!isHidden(match.getPath(), path)) {
          collect(storage, match, found);
        }
      }
      if (found.isEmpty() && matches != null && matches.length > 0) {
        throw new FileNotFoundException(
            "'%s' names no data: an empty folder, or names that start with . or _, as '%s'"
                .formatted(part, matches[0].getPath().getName()));
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
      for (FileStatus file : found) {
        String before = named.putIfAbsent(file.getPath(), part);
        if (before != null) {
          throw new IOException(
              "'%s' would be read twice: '%s' names it, and %s"
                  .formatted(
                      file.getPath(),
                      before,
                      part.equals(before) ? "does so again" : "so does '" + part + "'"));
        }
      }
      files.addAll(found);
    }
    files.sort(Comparator.comparing(FileStatus::getPath));
    return files;
  }

  /**
   * The bytes of a file, unpacked as its first bytes say: gzip, zlib, bzip2 and zstd, whatever its
   * name. Where they say nothing, a codec of Hadoop's that the name asks for unpacks them, as that
   * of {@code .snappy}. An empty file is one without records.
   */
  public RecordInput open(Path file) throws IOException {
    FileSystem storage = file.getFileSystem(configuration);
    LocalSums.requireSound(storage, file);
    return new RecordInput(
        storage.open(file, BUFFER), () -> storage.getFileStatus(file).getLen(), namedCodec(file));
  }

  /**
   * What is wrong with the name of a file for those who go by it, as Spark does with CSV: it hides
   * how the file is packed, or promises what is not so. Empty where the name is right.
   */
  public Optional<String> misnamed(Path file) throws IOException {
    byte[] head;
    try (InputStream in = file.getFileSystem(configuration).open(file)) {
      head = in.readNBytes(Packing.HEAD);
    }
    Packing found = Packing.of(head);
    String name = file.getName();
    if (found != null && !found.isRead()) {
      return Optional.of("%s %s".formatted(file, found.refusal()));
    }
    if (found != null && !name.endsWith(found.ending())) {
      return Optional.of(
          "%s is packed with %s; a table's file is read by its name, so let that end in %s"
              .formatted(file, found.spoken(), found.ending()));
    }
    CompressionCodec named = new CompressionCodecFactory(configuration).getCodec(file);
    return found == null && head.length > 0 && named != null && SHOWN.contains(named.getClass())
        ? Optional.of(
            "%s is not packed, though its name ends in %s; a table's file is read by its name"
                .formatted(file, named.getDefaultExtension()))
        : Optional.empty();
  }

  /**
   * What a file is that is to hold text, and does not: records, a Parquet file, a web page. Empty
   * where its first bytes show nothing of the kind.
   */
  public Optional<String> noText(Path file) throws IOException {
    try (RecordInput in = open(file)) {
      RecordInput.expect(in, Content.TEXT);
      in.read();
      return Optional.empty();
    } catch (UnreadableFileException e) {
      return Optional.of("%s %s".formatted(file, e.getMessage()));
    }
  }

  /**
   * What is wrong with a file that a source of Spark's is to read, as its first bytes show: a
   * Parquet file that is to be ORC. Empty where nothing shows.
   *
   * @param source as {@code parquet}
   */
  public Optional<String> noTable(Path file, String source) throws IOException {
    try (InputStream in = file.getFileSystem(configuration).open(file)) {
      return FileKind.fault(in.readNBytes(Packing.HEAD), source).map(fault -> file + " " + fault);
    }
  }

  private @Nullable CompressionCodec namedCodec(Path file) {
    CompressionCodec named = new CompressionCodecFactory(configuration).getCodec(file);
    return named != null && SHOWN.contains(named.getClass()) ? null : named;
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
      if (!isHidden(child.getPath().getName())) {
        collect(storage, child, files);
      }
    }
  }

  /** Whether a wildcard of the pattern stands for a name that is no data's. */
  private static boolean isHidden(Path match, Path pattern) {
    Path name = match;
    for (Path asked = pattern; asked != null && name != null; asked = asked.getParent()) {
      if (isHidden(name.getName())
          && isPattern(asked.getName())
          && !isHidden(asked.getName().replaceFirst("^[\\\\{\\[]+", ""))) {
        return true;
      }
      name = name.getParent();
    }
    return false;
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.startsWith("_");
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
