package io.rankline.spark.evaluation;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import io.rankline.io.Content;
import io.rankline.io.RecordInput;
import io.rankline.io.Storage;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of predictions: a header, then a row an item. Fields stand between tabs, commas or
 * semicolons, whichever the header has, and may be quoted, but a row is one line. What a file is
 * packed with shows in its first bytes. Rows of a query need not be adjacent.
 *
 * <p>A path with a scheme, such as {@code hdfs://} or {@code gs://}, is opened by Hadoop.
 */
public final class PredictionFile {

  /** A longer header line than this is no header. */
  private static final int MAX_HEADER_CHARS = 1 << 20;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String path;
  private final PredictionColumns columns;

  private PredictionFile(String path, PredictionColumns columns) {
    this.path = path;
    this.columns = columns;
  }

  /**
   * Reads a whole file.
   *
   * @throws PredictionFileException naming file, line, column and value
   */
  public static Predictions read(String path, PredictionColumns columns) {
    try (RecordInput bytes = new RecordInput(open(path));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8), 1 << 16)) {
      RecordInput.expect(bytes, Content.TEXT);
      return new PredictionFile(path, columns).read(reader);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new PredictionFileException(path + ": no such file", e);
    } catch (IOException e) {
      throw new PredictionFileException(path + ": cannot be read: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new PredictionFileException(path + ": cannot be read: " + firstLine(root(e)), root(e));
    } catch (TextParsingException e) {
      throw new PredictionFileException(
          "%s: line %s: cannot be read: %s"
              .formatted(path, e.getLineIndex() + 1, firstLine(root(e))),
          root(e));
    }
  }

  private Predictions read(BufferedReader reader) throws IOException {
    String header = header(reader);
    CsvParser parser = parser(delimiterOf(header));
    List<String> names = names(parser.parseLine(header));
    int queryAt = indexOf(names, columns.query());
    int[] labelsAt = columns.labels().stream().mapToInt(name -> indexOf(names, name)).toArray();
    int scoreAt = indexOf(names, columns.score());
    int weightAt = columns.isWeightTaken() ? -1 : find(names, columns.weight());
    if (weightAt < 0 && columns.weightRequired()) {
      throw noColumn(columns.weight(), names);
    }

    PredictionRows rows = new PredictionRows(labelsAt.length, weightAt >= 0);
    parser.beginParsing(reader);
    String[] cells;
    long line = 1;
    while ((cells = parser.parseNext()) != null) {
      long start = line + 1;
      line = parser.getContext().currentLine() + 1;
      if (line > start) {
        requireOneLine(cells, start);
      }
      if (cells.length != names.size()) {
        throw new PredictionFileException(
            "%s: line %s: %s fields, expected %s as in the header"
                .formatted(path, line, cells.length, names.size()));
      }
      String query = cells[queryAt];
      if (query == null) {
        throw fault(line, names.get(queryAt), "must not be empty, got", "");
      }
      rows.startRow(query);
      for (int label : labelsAt) {
        rows.addLabel(finite(cells[label], line, names.get(label)));
      }
      rows.addScore(number(cells[scoreAt], line, names.get(scoreAt)));
      if (weightAt >= 0) {
        rows.addWeight(weight(cells[weightAt], line, names.get(weightAt)));
      }
    }
    if (rows.isEmpty()) {
      throw new PredictionFileException(path + ": has a header but no rows");
    }
    return rows.group(path);
  }

  private String header(BufferedReader reader) throws IOException {
    StringBuilder header = new StringBuilder();
    int c;
    while ((c = reader.read()) >= 0 && c != '\n' && header.length() < MAX_HEADER_CHARS) {
      header.append((char) c);
    }
    if (header.length() > 0 && header.charAt(0) == BYTE_ORDER_MARK) {
      header.deleteCharAt(0);
    }
    if (header.toString().isBlank()) {
      throw new PredictionFileException(
          c < 0 ? path + ": is empty" : path + ": line 1: has no header");
    }
    return header.toString().strip();
  }

  private static char delimiterOf(String header) {
    for (char delimiter : new char[] {'\t', ',', ';'}) {
      if (header.indexOf(delimiter) >= 0) {
        return delimiter;
      }
    }
    return '\t';
  }

  private static CsvParser parser(char delimiter) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setDelimiter(delimiter);
    settings.getFormat().setComment('\0');
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setMaxCharsPerColumn(-1);
    settings.setMaxColumns(1 << 14);
    settings.setReadInputOnSeparateThread(false);
    return new CsvParser(settings);
  }

  private static List<String> names(String @Nullable [] header) {
    List<String> names = new ArrayList<>();
    for (String name : header == null ? new String[0] : header) {
      names.add(name == null ? "" : name.strip());
    }
    return names;
  }

  private int indexOf(List<String> names, String wanted) {
    int index = find(names, wanted);
    if (index < 0) {
      throw noColumn(wanted, names);
    }
    return index;
  }

  private static int find(List<String> names, String wanted) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(wanted)) {
        return i;
      }
    }
    return -1;
  }

  private PredictionFileException noColumn(String wanted, List<String> names) {
    return new PredictionFileException(
        "%s: line 1: no column '%s' in the header, which has '%s'"
            .formatted(path, wanted, String.join("', '", names)));
  }

  /** A quote that is left open takes in the rows that follow, up to the next quote. */
  private void requireOneLine(String[] cells, long start) {
    for (String cell : cells) {
      if (cell != null && cell.indexOf('\n') >= 0) {
        throw new PredictionFileException(
            "%s: line %s: a field goes on past the end of the line; is a quote left open?"
                .formatted(path, start));
      }
    }
  }

  private double finite(@Nullable String cell, long line, String column) {
    double value = number(cell, line, column);
    if (Double.isInfinite(value)) {
      throw fault(line, column, "must be finite, got", cell);
    }
    return value;
  }

  private double weight(@Nullable String cell, long line, String column) {
    double value = finite(cell, line, column);
    if (value < 0) {
      throw fault(line, column, "must be 0 or more, got", cell);
    }
    return value;
  }

  private double number(@Nullable String cell, long line, String column) {
    if (cell != null) {
      try {
        double value =
            switch (cell.strip()) {
              case "inf", "+inf" -> Double.POSITIVE_INFINITY; // pandas' spelling
              case "-inf" -> Double.NEGATIVE_INFINITY;
              default -> Double.parseDouble(cell);
            };
        if (!Double.isNaN(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw fault(line, column, "must be a number, got", cell);
      }
    }
    throw fault(line, column, "must be a number, got", cell);
  }

  private PredictionFileException fault(
      long line, String column, String rule, @Nullable String cell) {
    return new PredictionFileException(
        "%s: line %s: column '%s' %s '%s'"
            .formatted(path, line, column, rule, cell == null ? "" : cell));
  }

  private static InputStream open(String path) throws IOException {
    if (path.contains("://")) {
      org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(path);
      return remote.getFileSystem(Storage.ofClassPath().configuration()).open(remote);
    }
    return Files.newInputStream(Path.of(path));
  }

  private static Throwable root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable thrown) {
    return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
  }
}
