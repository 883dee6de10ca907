package io.rankline.io.libsvm;

import io.rankline.io.CorruptRecordException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line of a LibSVM (SVMlight) ranking file: {@code LABEL qid:QUERY ID:VALUE ID:VALUE … #
 * comment}.
 *
 * <p>Feature ids start at 1 (or at 0 in the file, see {@link LibSvmLayout}), need not be complete,
 * and may stand in any order; of an id that stands twice the last value counts. Text from {@code #}
 * on is dropped.
 *
 * @param label relevance
 * @param qid query, 0 or more
 * @param ids feature ids, ascending
 * @param values value of each id
 */
public record LibSvmItem(float label, long qid, int[] ids, float[] values) {

  private static final String QID = "qid:";

  private static final String NO_WEIGHTS =
      "; LibSVM lines hold no weights, as XGBoost's LABEL:WEIGHT; records and tables do";

  /**
   * The item of a line, or null for a line of blanks and comment only.
   *
   * @throws CorruptRecordException for a line that does not follow the format; without a place
   */
  public static @Nullable LibSvmItem parse(String line) throws CorruptRecordException {
    return parse(line, LibSvmLayout.USUAL, -1);
  }

  /**
   * As {@link #parse(String)}, of a file of another layout.
   *
   * @param counted the query, where the line does not say it; otherwise -1
   */
  static @Nullable LibSvmItem parse(String line, LibSvmLayout layout, long counted)
      throws CorruptRecordException {
    int comment = line.indexOf('#');
    int end = comment < 0 ? line.length() : comment;
    Tokens tokens = new Tokens(line, end);
    if (!tokens.next()) {
      return null;
    }
    float label = number("label", tokens.text());
    boolean more = tokens.next();
    if (!more && counted < 0) {
      throw new CorruptRecordException(
          "has only one word, expected LABEL qid:QUERY ID:VALUE …, got '%s'".formatted(line));
    }
    long qid = counted;
    if (counted < 0) {
      qid = qid(tokens.text());
      more = tokens.next();
    } else if (more && tokens.text().startsWith(QID)) {
      throw new CorruptRecordException(
          "has a query, '%s', although %s counts them; leave one of them out"
              .formatted(tokens.text(), layout.queryFile()));
    }
    int[] ids = new int[16];
    float[] values = new float[16];
    int count = 0;
    boolean ascending = true;
    for (; more; more = tokens.next()) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
        values = Arrays.copyOf(values, 2 * count);
      }
      int colon = tokens.indexOf(':');
      if (colon < 0) {
        throw new CorruptRecordException("expected ID:VALUE, got '%s'".formatted(tokens.text()));
      }
      ids[count] = id(tokens, colon, layout);
      values[count] = value(tokens, colon, ids[count]);
      ascending &= count == 0 || ids[count - 1] < ids[count];
      count++;
    }
    LibSvmItem item =
        new LibSvmItem(label, qid, Arrays.copyOf(ids, count), Arrays.copyOf(values, count));
    return ascending ? item : item.sorted();
  }

  /** The query of a line, without a look at its features; -1 where it has none. */
  static long queryOf(String line) {
    int comment = line.indexOf('#');
    Tokens tokens = new Tokens(line, comment < 0 ? line.length() : comment);
    boolean hasLabel = tokens.next();
    boolean hasQuery = hasLabel && tokens.next();
    try {
      return hasQuery ? qid(tokens.text()) : -1;
    } catch (CorruptRecordException e) {
      return -1;
    }
  }

  /** The line of this item: numbers in their shortest decimal form, no comment. */
  public String format() {
    StringBuilder line = new StringBuilder(16 + 12 * ids.length);
    appendNumber(line, label);
    line.append(" qid:").append(qid);
    for (int i = 0; i < ids.length; i++) {
      line.append(' ').append(ids[i]).append(':');
      appendNumber(line, values[i]);
    }
    return line.toString();
  }

  /** Ascending ids, the last value of each. */
  private LibSvmItem sorted() {
    Integer[] order = new Integer[ids.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (left, right) -> Integer.compare(ids[left], ids[right])); // stable
    int[] sortedIds = new int[ids.length];
    float[] sortedValues = new float[ids.length];
    int count = 0;
    for (int i : order) {
      if (count > 0 && sortedIds[count - 1] == ids[i]) {
        count--;
      }
      sortedIds[count] = ids[i];
      sortedValues[count++] = values[i];
    }
    return new LibSvmItem(
        label, qid, Arrays.copyOf(sortedIds, count), Arrays.copyOf(sortedValues, count));
  }

  private static void appendNumber(StringBuilder line, float number) {
    if (number == Math.rint(number)
        && Math.abs(number) < 1e7
        && 1 / number > Float.NEGATIVE_INFINITY) {
      line.append((int) number);
    } else {
      line.append(number);
    }
  }

  private static long qid(String token) throws CorruptRecordException {
    if (!token.startsWith(QID)) {
      throw new CorruptRecordException(
          "second word must be qid:QUERY, got '%s'; for lines without queries, query_file"
                  .formatted(token)
              + " (--query-file) names a file that counts them");
    }
    String text = token.substring(QID.length());
    try {
      long qid = Long.parseLong(text);
      if (qid >= 0) {
        return qid;
      }
    } catch (NumberFormatException e) {
      throw new CorruptRecordException(
          "qid must be an integer of 0 or more, got '%s'".formatted(text), null, e);
    }
    throw new CorruptRecordException(
        "qid must be an integer of 0 or more, got '%s'".formatted(text));
  }

  private static int id(Tokens tokens, int colon, LibSvmLayout layout)
      throws CorruptRecordException {
    String text = tokens.text(colon);
    int least = layout.zeroBased() ? 0 : 1;
    NumberFormatException cause = null;
    int id = -1;
    try {
      id = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      cause = e;
    }
    int shift = 1 - least;
    if (id >= least && id <= Integer.MAX_VALUE - shift) {
      return id + shift;
    }
    throw new CorruptRecordException(
        "feature id must be an integer of %s or more, got '%s'%s"
            .formatted(
                least,
                text,
                id == 0 ? "; zero_based (--zero-based) reads ids that begin at 0" : ""),
        text,
        cause);
  }

  private static float value(Tokens tokens, int colon, int id) throws CorruptRecordException {
    String text = tokens.textAfter(colon);
    try {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw notANumber("feature '" + id + "'", text, String.valueOf(id), e);
    }
    throw notANumber("feature '" + id + "'", text, String.valueOf(id), null);
  }

  private static float number(String what, String text) throws CorruptRecordException {
    try {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw notANumber(what, text, null, e);
    }
    throw notANumber(what, text, null, null);
  }

  private static CorruptRecordException notANumber(
      String what, String text, @Nullable String feature, @Nullable Throwable cause) {
    boolean weighted = feature == null && text.matches("[^:]+:[^:]+");
    return new CorruptRecordException(
        "%s must be a number, got '%s'%s".formatted(what, text, weighted ? NO_WEIGHTS : ""),
        feature,
        cause);
  }

  /** Words between blanks. */
  private static final class Tokens {
    private final String line;
    private final int lineEnd;
    private int start;
    private int end;

    Tokens(String line, int lineEnd) {
      this.line = line;
      this.lineEnd = lineEnd;
    }

    boolean next() {
      start = end;
      while (start < lineEnd && line.charAt(start) <= ' ') {
        start++;
      }
      end = start;
      while (end < lineEnd && line.charAt(end) > ' ') {
        end++;
      }
      return start < end;
    }

    int indexOf(char c) {
      for (int i = start; i < end; i++) {
        if (line.charAt(i) == c) {
          return i;
        }
      }
      return -1;
    }

    String text() {
      return line.substring(start, end);
    }

    String text(int to) {
      return line.substring(start, to);
    }

    String textAfter(int separator) {
      return line.substring(separator + 1, end);
    }
  }
}
