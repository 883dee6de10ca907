package io.rankline.spark.convert;

import io.rankline.io.RecordFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;

/**
 * How quotes stand within a quoted cell of CSV: doubled, as RFC 4180 and most tools have it, or
 * behind a backslash, as Spark writes them.
 */
final class CsvQuotes {

  static final String DOUBLED = "\"";
  static final String BACKSLASH = "\\";

  /** So much of a file is looked at. */
  private static final int CHARS = 1 << 20;

  private CsvQuotes() {}

  /** Spark's option {@code escape} for a file, by what its first megabyte shows. */
  static String of(RecordFiles files, Path file, String separator) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(files.open(file), StandardCharsets.UTF_8))) {
      String line;
      for (int seen = 0; seen < CHARS && (line = lines.readLine()) != null; seen += line.length()) {
        if (hasBackslashes(line, separator)) {
          return BACKSLASH;
        }
      }
    }
    return DOUBLED;
  }

  /**
   * Whether a row cannot have doubled quotes: behind a quote within a cell would stand another, and
   * there would be an even number.
   */
  static boolean hasBackslashes(String row, String separator) {
    boolean any = false;
    for (int at = row.indexOf("\\\""); at >= 0; at = row.indexOf("\\\"", at + 1)) {
      any = true;
      String behind = row.substring(at + 2);
      if (!behind.isEmpty() && !behind.startsWith("\"") && !behind.startsWith(separator)) {
        return true;
      }
    }
    return any && row.chars().filter(c -> c == '"').count() % 2 == 1;
  }
}
