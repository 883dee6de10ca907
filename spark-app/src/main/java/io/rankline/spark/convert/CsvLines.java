package io.rankline.spark.convert;

import io.rankline.io.RecordFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Finds the line of a CSV file that a row was read from, which Spark does not tell: a row is a line
 * that is not blank, and a block of a file begins behind the line that its first byte is in. The
 * file is read again up to there, so only for the few rows that are told.
 */
final class CsvLines implements Serializable {

  private static final long serialVersionUID = 1;

  /** With one of these a row need not be a line, or the first line is no header. */
  private static final Set<String> UNKNOWN =
      Set.of("multiline", "comment", "linesep", "header", "encoding", "charset");

  private final SerializableConfiguration configuration;
  private final boolean known;

  /**
   * Lines of files.
   *
   * @param options of Spark's source
   */
  CsvLines(SerializableConfiguration configuration, SortedMap<String, String> options) {
    this.configuration = configuration;
    this.known =
        options.keySet().stream().noneMatch(key -> UNKNOWN.contains(key.toLowerCase(Locale.ROOT)));
  }

  /**
   * The line, from 1, the header among them; empty where it cannot be told.
   *
   * @param block where the block of the row starts in the file, in bytes
   * @param row number of the row in its block, from 0
   */
  OptionalLong find(String file, long block, long row) {
    if (!known) {
      return OptionalLong.empty();
    }
    try (InputStream in =
        new BufferedInputStream(
            new RecordFiles(configuration.value()).open(new Path(new URI(file))), 1 << 16)) {
      long left = block == 0 ? row + 1 : row; // the first block has the header
      boolean blank = true;
      long line = 1;
      long start = 0;
      for (long at = 1; ; at++) {
        int read = in.read();
        if (read >= 0 && read != '\n') {
          blank &= read == ' ' || read == '\t' || read == '\r';
          continue;
        }
        boolean ofBlock = block == 0 || start > block;
        if (!blank && ofBlock && left-- == 0) {
          return OptionalLong.of(line);
        }
        if (read < 0) {
          return OptionalLong.empty();
        }
        line++;
        start = at;
        blank = true;
      }
    } catch (IOException | URISyntaxException e) {
      return OptionalLong.empty(); // the fault is told without
    }
  }
}
