package io.rankline.io;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a file is that was named as something else, as its first bytes say. */
enum FileKind {
  PARQUET("a Parquet file", "parquet", "504152(31|45)"),
  ORC("an ORC file", "orc", "4f5243"),
  AVRO("an Avro file", "avro", "4f626a01"),
  JSON("JSON", "json", "(7b(22|0a|0d|20|7d))|5b7b"),
  HTML("an HTML page", "(3c21(44|64)(4f|6f)(43|63)(54|74))|(3c(48|68)(54|74)(4d|6d)(4c|6c))"),
  XML("an XML document", "3c3f786d6c"),
  ARROW("an Arrow file", "4152524f5731"),
  HDF5("an HDF5 file", "894844460d0a"),
  NUMPY("a NumPy array", "934e554d5059"),
  EXCEL("an Excel sheet", "d0cf11e0a1b1"),
  SEQUENCE_FILE("a SequenceFile of Hadoop's", "534551(04|05|06)"),
  LFS_POINTER(
      "a pointer of Git LFS, and 'git lfs pull' fetches what it stands for",
      "76657273696f6e2068747470");

  private static final String OF_RECORDS =
      "holds records (TFRecord): name it elwc:PATH, eie:PATH, seq:PATH or tfexample:PATH";

  private final String spoken;
  private final @Nullable String format;
  private final Pattern start;

  /** A kind that no command reads. */
  FileKind(String spoken, String start) {
    this(spoken, null, start);
  }

  /** A kind that Spark reads as a table, by the name of its source. */
  FileKind(String spoken, @Nullable String format, String start) {
    this.spoken = spoken;
    this.format = format;
    this.start = Pattern.compile(start);
  }

  /**
   * What is wrong with a file that is to be something else; empty where nothing shows.
   *
   * @param head the first {@link Packing#HEAD} bytes of its content, fewer of a shorter file
   * @param wanted what is to be in it
   */
  static Optional<String> fault(byte[] head, Content wanted) {
    if (Packing.isOfRecords(head)) {
      return wanted == Content.TEXT ? Optional.of(OF_RECORDS) : Optional.empty();
    }
    return of(head)
        .map(FileKind::sentence)
        .or(() -> wanted == Content.RECORDS && isText(head) ? text(head) : Optional.empty());
  }

  /**
   * What is wrong with a file that is to be a table of some source; empty where nothing shows, and
   * for sources whose files are not known here.
   *
   * @param head the first {@link Packing#HEAD} bytes, fewer of a shorter file
   * @param source the name of Spark's source
   */
  static Optional<String> fault(byte[] head, String source) {
    if (Stream.of(values()).noneMatch(kind -> source.equals(kind.format))) {
      return Optional.empty();
    }
    if (Packing.isOfRecords(head)) {
      return Optional.of(OF_RECORDS);
    }
    Optional<FileKind> found = of(head);
    if (found.isPresent()) {
      return found.filter(kind -> !source.equals(kind.format)).map(FileKind::sentence);
    }
    return isText(head) && head[0] != '{' && head[0] != '[' ? text(head) : Optional.empty();
  }

  private static Optional<FileKind> of(byte[] head) {
    String hex = HexFormat.of().formatHex(head);
    return Stream.of(values()).filter(kind -> kind.start.matcher(hex).lookingAt()).findFirst();
  }

  private static Optional<String> text(byte[] head) {
    return Optional.of(
        "is text that begins with '%s': name it libsvm:PATH or csv:PATH"
            .formatted(
                new String(head, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("")));
  }

  private String sentence() {
    return format == null
        ? "is %s, which is not read".formatted(spoken)
        : "is %s: name it %s:PATH".formatted(spoken, format);
  }

  /** No record begins so: the length of one has zeros in it. */
  private static boolean isText(byte[] head) {
    for (byte b : head) {
      if ((b < ' ' && b != '\t' && b != '\n' && b != '\r') || b == 0x7f) {
        return false;
      }
    }
    return head.length == Packing.HEAD;
  }
}
