package io.rankline.io.libsvm;

import io.rankline.io.Content;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordInput;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.UnreadableFileException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of one LibSVM ranking file, line by line. Blank and comment lines are passed
 * over.
 */
public final class LibSvmReader implements Closeable {

  /** What some editors and tools put before UTF-8, as this reader sees it. */
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private final InputStream in;
  private final BufferedReader lines;
  private final String name;
  private final CorruptRecordPolicy policy;
  private final Consumer<CorruptRecordException> onSkip;
  private long line;
  private long nextByte;
  private long skipped;
  private final LibSvmLayout layout;
  private final @Nullable QueryCounts counts;
  private String text = "";
  private long rows;
  private long rowsOfQueries;
  private int queries;
  private long firstQuery = 1;
  private boolean brokenOff;

  /**
   * A reader of the uncompressed bytes of a file.
   *
   * @param in UTF-8 text; closed with the reader
   * @param name of the file, for messages
   * @param policy what a line does that does not follow the format
   * @param onSkip called with each line that is skipped
   */
  public LibSvmReader(
      InputStream in,
      String name,
      CorruptRecordPolicy policy,
      Consumer<CorruptRecordException> onSkip) {
    this(in, name, LibSvmLayout.USUAL, null, policy, onSkip);
  }

  /**
   * A reader of a file of another layout.
   *
   * @param counts the lines of each query, where the layout says so; null where lines have it
   */
  public LibSvmReader(
      InputStream in,
      String name,
      LibSvmLayout layout,
      @Nullable QueryCounts counts,
      CorruptRecordPolicy policy,
      Consumer<CorruptRecordException> onSkip) {
    this.layout = layout;
    this.counts = counts;
    RecordInput.expect(in, Content.TEXT);
    this.in = in;
    // ISO-8859-1 keeps one character a byte, so that offsets are right.
    this.lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1), 1 << 16);
    this.name = name;
    this.policy = policy;
    this.onSkip = onSkip;
  }

  /**
   * A reader of a file of a storage, with its counts where the layout says so.
   *
   * @param path of the file
   * @throws IOException if it or its counts cannot be opened
   */
  public static LibSvmReader open(
      Storage storage,
      String path,
      LibSvmLayout layout,
      CorruptRecordPolicy policy,
      Consumer<CorruptRecordException> onSkip)
      throws IOException {
    return new LibSvmReader(
        storage.open(new Shard(path, 0)),
        path,
        layout,
        layout.counts(storage, path),
        policy,
        onSkip);
  }

  /** This reader with another number than 1 for the first of the queries that are counted. */
  public LibSvmReader numberingFrom(long first) {
    firstQuery = first;
    return this;
  }

  /**
   * The next item, or null at the end of the file.
   *
   * @throws CorruptRecordException for a line that does not follow the format, with file, line and
   *     byte, unless those are skipped
   * @throws IOException also if the queries are counted and their lines are not as many as these
   */
  public @Nullable LibSvmItem next() throws IOException {
    String read;
    while ((read = nextLine()) != null) {
      text = read;
      long at = nextByte;
      line++;
      nextByte += text.length() + 1L;
      try {
        LibSvmItem item =
            LibSvmItem.parse(at == 0 ? withoutMark(text) : text, layout, countedQuery());
        if (item != null) {
          rows++;
          requireCounted();
          return item;
        }
      } catch (CorruptRecordException e) {
        rows++;
        requireCounted();
        reject(
            e.atLine(name, line, at).losing(RecordInput.stored(in, text.length() + 1L, nextByte)));
      }
    }
    if (counts != null && rows < counts.lines() && !brokenOff) {
      throw otherRows(counts, rows);
    }
    return null;
  }

  /** The query of the next row where queries are counted, from 1; otherwise -1. */
  private long countedQuery() {
    if (counts == null) {
      return -1;
    }
    while (queries < counts.queries() && rows >= rowsOfQueries + counts.lines(queries)) {
      rowsOfQueries += counts.lines(queries++);
    }
    return firstQuery + queries;
  }

  private void requireCounted() throws IOException {
    if (counts == null || rows <= counts.lines()) {
      return;
    }
    String more;
    while ((more = nextLine()) != null) {
      rows += more.isBlank() || more.stripLeading().startsWith("#") ? 0 : 1;
    }
    throw otherRows(counts, rows);
  }

  private IOException otherRows(QueryCounts counted, long found) {
    return new IOException(
        "%s has %s lines, and %s counts %s in %s queries"
            .formatted(name, found, counted.name(), counted.lines(), counted.queries()));
  }

  private static String withoutMark(String firstLine) {
    return firstLine.startsWith(BYTE_ORDER_MARK)
        ? firstLine.substring(BYTE_ORDER_MARK.length())
        : firstLine;
  }

  /** The next line, or null at the end and where a compressed file breaks off. */
  private @Nullable String nextLine() throws IOException {
    try {
      return lines.readLine();
    } catch (UnreadableFileException e) {
      brokenOff = true;
      reject(
          new CorruptRecordException(String.valueOf(e.getMessage()), e)
              .atLine(name, line + 1, nextByte)
              .losing(RecordInput.rest(in)));
      return null;
    }
  }

  private void reject(CorruptRecordException placed) throws CorruptRecordException {
    if (policy == CorruptRecordPolicy.FAIL) {
      throw placed;
    }
    skipped++;
    onSkip.accept(placed);
  }

  /** The line of the last item, a character a byte as in ISO-8859-1, without its end. */
  public String line() {
    return line == 1 ? withoutMark(text) : text;
  }

  /** What stands after {@code #} in the line of the last item, without blanks around it. */
  public String comment() {
    int at = text.indexOf('#');
    return at < 0
        ? ""
        : new String(
                text.substring(at + 1).getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8)
            .strip();
  }

  /**
   * Every item of the rest of the file by query, queries and items in the order of the file; lines
   * of a query need not be adjacent. All in memory.
   */
  public Map<Long, List<LibSvmItem>> readQueries() throws IOException {
    Map<Long, List<LibSvmItem>> queries = new LinkedHashMap<>();
    addTo(queries);
    return queries;
  }

  /** The same behind the items of other files. */
  private void addTo(Map<Long, List<LibSvmItem>> queries) throws IOException {
    LibSvmItem item;
    while ((item = next()) != null) {
      queries.computeIfAbsent(item.qid(), qid -> new ArrayList<>()).add(item);
    }
  }

  /**
   * Every item of the files of a shard by query, as {@link #readQueries} has them.
   *
   * @param policy what a line does that does not follow the format
   * @param onSkip called with each line that is skipped
   */
  public static Map<Long, List<LibSvmItem>> readQueries(
      Storage storage,
      Shard shard,
      LibSvmLayout layout,
      CorruptRecordPolicy policy,
      Consumer<CorruptRecordException> onSkip)
      throws IOException {
    Map<Long, List<LibSvmItem>> queries = new LinkedHashMap<>();
    for (String path : shard.paths()) {
      try (LibSvmReader reader = open(storage, path, layout, policy, onSkip)) {
        reader.addTo(queries);
      }
    }
    return queries;
  }

  /** Number of lines skipped so far. */
  public long skippedLines() {
    return skipped;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
