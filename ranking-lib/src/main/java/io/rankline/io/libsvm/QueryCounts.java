package io.rankline.io.libsvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The number of lines of each query, in the order of a data file: a whole number a line, as
 * LightGBM's {@code .query} and XGBoost's {@code .group} have it.
 */
public final class QueryCounts {

  private final String name;
  private final long[] counts;

  private QueryCounts(String name, long[] counts) {
    this.name = name;
    this.counts = counts;
  }

  /**
   * Reads a file.
   *
   * @param in closed when it is read
   * @param name of the file, for messages
   * @throws IOException naming the line that is no count
   */
  static QueryCounts read(InputStream in, String name) throws IOException {
    long[] counts = new long[64];
    int size = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
      int at = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        at++;
        if (line.isBlank()) {
          continue;
        }
        counts = size == counts.length ? Arrays.copyOf(counts, 2 * size) : counts;
        counts[size++] = count(line.strip(), name, at);
      }
    }
    return new QueryCounts(name, Arrays.copyOf(counts, size));
  }

  private static long count(String text, String name, int line) throws IOException {
    try {
      long count = Long.parseLong(text);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s: line %s: must be a number of lines, got '%s'".formatted(name, line, text), e);
    }
    throw new IOException(
        "%s: line %s: must be a number of lines, got '%s'".formatted(name, line, text));
  }

  /** The file. */
  String name() {
    return name;
  }

  /** Number of queries. */
  public int queries() {
    return counts.length;
  }

  /** Number of lines of a query, from 0. */
  long lines(int query) {
    return counts[query];
  }

  /** Number of lines of all queries. */
  long lines() {
    return Arrays.stream(counts).sum();
  }
}
