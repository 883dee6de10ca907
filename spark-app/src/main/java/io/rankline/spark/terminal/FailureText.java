package io.rankline.spark.terminal;

import io.rankline.config.ConfigurationException;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.io.StoreWords;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.security.AccessControlException;

/** Says in one line what went wrong, as a person would. */
public final class FailureText {

  /** Spark and the concurrency library wrap what happened in sentences that do not help. */
  private static final List<String> WRAPPERS =
      List.of(
          "org.apache.spark.SparkException",
          "java.util.concurrent.ExecutionException",
          "java.util.concurrent.CompletionException",
          "java.io.UncheckedIOException",
          "java.lang.reflect.InvocationTargetException");

  private static final Pattern SPARK_NAMES =
      Pattern.compile("^(?:(?:\\w+\\.)+\\w+(?:Exception|Error): )?(?:\\[[A-Z_.]+] )?");

  private static final Pattern OTHER_HEADER =
      Pattern.compile(
          "(?s)CSV header does not conform.*Expected: (.*?) but found: (.*?)\\nCSV file: (.*)");

  private static final Pattern LONGER_HEADER =
      Pattern.compile(
          "(?s)Number of column in CSV header.*length: (\\d+), schema size: (\\d+)\\n"
              + "CSV file: (.*)");

  private static final String NO_PERMISSION = "no permission: ";

  private FailureText() {}

  /** The fault and what led to it, from the outside in, without repeating itself. */
  public static String of(Throwable failure) {
    List<String> parts = new ArrayList<>();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      boolean wraps = WRAPPERS.contains(at.getClass().getName()) && at.getCause() != null;
      // Whoever met a number that is none has said which and where.
      boolean known = at instanceof NumberFormatException && at != failure;
      String text = wraps || known ? "" : words(at);
      String told = withoutKind(text, at);
      boolean isContained = parts.stream().anyMatch(part -> part.contains(told));
      if (!text.isEmpty() && !isContained) {
        parts.add(text);
      }
    }
    String text = parts.isEmpty() ? words(failure) : String.join(": ", parts);
    return text + WayOut.of(text);
  }

  /** Without what {@link #words} puts before the message. */
  private static String withoutKind(String text, Throwable at) {
    for (String kind : List.of(NO_PERMISSION, at.getClass().getSimpleName() + ": ")) {
      if (text.startsWith(kind)) {
        return text.substring(kind.length());
      }
    }
    return text;
  }

  private static String words(Throwable at) {
    String message = at.getMessage();
    if (message == null || message.isBlank()) {
      return at.getClass().getSimpleName();
    }
    if (at instanceof ConfigurationException || at instanceof UnsupportedModelException) {
      // Every line of it is a fault.
      return message;
    }
    Optional<String> header = otherHeader(message);
    if (header.isPresent()) {
      return header.get();
    }
    String line = firstLine(StoreWords.of(message));
    if (at instanceof ChecksumException) {
      return line
          + "; the file was changed after the .crc file beside it was written: delete that if the"
          + " change was meant";
    }
    if (at instanceof AccessDeniedException || at instanceof AccessControlException) {
      return NO_PERMISSION + line;
    }
    boolean bare =
        (at instanceof FileNotFoundException && !line.contains(" "))
            || at instanceof ClassNotFoundException
            || at instanceof LinkageError
            || at instanceof NullPointerException
            || at instanceof IndexOutOfBoundsException;
    return bare ? at.getClass().getSimpleName() + ": " + line : line;
  }

  /** What Spark says over several lines of files of CSV that have different headers. */
  private static Optional<String> otherHeader(String message) {
    String alike = "; files that are read together need the same header";
    Matcher other = OTHER_HEADER.matcher(message);
    if (other.find()) {
      return Optional.of(
          "%s: the header has %s where that of another file has '%s'%s"
              .formatted(
                  other.group(3).strip(),
                  other.group(2).isEmpty() ? "no column" : "'%s'".formatted(other.group(2)),
                  other.group(1),
                  alike));
    }
    Matcher longer = LONGER_HEADER.matcher(message);
    return longer.find()
        ? Optional.of(
            "%s: the header has %s columns, and that of another file has %s%s"
                .formatted(longer.group(3).strip(), longer.group(1), longer.group(2), alike))
        : Optional.empty();
  }

  /**
   * The first line, with the next one where it announces that, without the class that Spark puts
   * before it and Spark's name of the fault.
   */
  private static String firstLine(String message) {
    List<String> lines = message.strip().lines().map(String::strip).toList();
    String first = lines.get(0);
    if (first.endsWith("reason:") && lines.size() > 1) {
      first = first + " " + SPARK_NAMES.matcher(lines.get(1)).replaceFirst("");
    }
    String words = SPARK_NAMES.matcher(first).replaceFirst("");
    return words.isEmpty() ? first : words;
  }
}
