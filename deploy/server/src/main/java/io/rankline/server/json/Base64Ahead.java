package io.rankline.server.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes long base64 texts of a JSON text while that still comes, and before it is parsed: those
 * after a {@code "b64"}. What is found is known by its place. Whether a value stands there is the
 * parser's to say, so nothing found here changes what a JSON text means or why it is refused.
 */
public final class Base64Ahead {

  private static final byte[] NAME = "\"b64\"".getBytes(StandardCharsets.US_ASCII);

  /** From the name to the text's first character; with more space between it is not looked for. */
  private static final int LONGEST_START = 64;

  /** What is shorter is decoded faster than it is kept. */
  private static final int SHORTEST = 1024;

  /** Groups that the JDK decodes, as they may have padding, and the quotation mark. */
  private static final int LONGEST_END = 5;

  /** Times as much room as has come. */
  private static final long GROWTH = 32;

  /** Characters at a time, at least and at most. */
  private static final int SHORTEST_STEP = 1 << 12;

  private static final int LONGEST_STEP = 1 << 16;

  private static final byte[] NONE = {};
  private static final Base64Groups GROUPS = Base64Groups.fastest();

  /** A text by its place. */
  record Run(int to, ByteBuffer decoded) {}

  private final ByteArrays arrays;
  private final Map<Integer, Run> runs = new HashMap<>();
  private int next;
  private boolean inRun;
  private int from;
  private byte[] decoded = NONE;
  private byte[] shared = NONE;
  private int length;
  private int step = LONGEST_STEP;

  /**
   * A look at a text of which nothing has come.
   *
   * @param arrays to decode into
   */
  public Base64Ahead(ByteArrays arrays) {
    this.arrays = arrays;
  }

  /**
   * Looks at what has come since.
   *
   * @param text the same bytes up to where they had come last time
   * @param come how many of its bytes have come
   * @param most how many may come
   */
  public void look(byte[] text, int come, int most) {
    boolean more = true;
    while (more) {
      more = inRun ? decode(text, come, most) : find(text, come);
    }
  }

  /** Gives its memory back, when nobody looks at what was decoded any more. */
  public void release() {
    runs.clear();
    arrays.give(shared);
    shared = NONE;
  }

  /** The text whose first character is there. */
  @Nullable Run at(int place) {
    return runs.isEmpty() ? null : runs.get(place);
  }

  /** Goes to the next text; false where more must come first. */
  private boolean find(byte[] text, int come) {
    for (; next + LONGEST_START <= come; next++) {
      if (text[next] == '"'
          && Arrays.equals(NAME, 0, NAME.length, text, next, next + NAME.length)) {
        int start = start(text, next + NAME.length, next + LONGEST_START);
        if (start > 0) {
          inRun = true;
          from = start;
          next = start;
          length = 0;
          return true;
        }
      }
    }
    return false;
  }

  /** After space, a colon, space and a quotation mark; 0 if something else is there. */
  private static int start(byte[] text, int at, int end) {
    int colon = skipSpace(text, at, end);
    if (colon == end || text[colon] != ':') {
      return 0;
    }
    int quote = skipSpace(text, colon + 1, end);
    return quote == end || text[quote] != '"' ? 0 : quote + 1;
  }

  private static int skipSpace(byte[] text, int at, int end) {
    int place = at;
    while (place < end
        && (text[place] == ' '
            || text[place] == '\n'
            || text[place] == '\r'
            || text[place] == '\t')) {
      place++;
    }
    return place;
  }

  /** Takes whole groups, and the end where it has come; false where more must come first. */
  private boolean decode(byte[] text, int come, int most) {
    int groups = Math.min(come - next, step) & -4;
    reserve(length + groups / 4 * 3, (most - next) / 4 * 3);
    int taken = GROUPS.decode(text, next, next + groups, decoded, length);
    next += taken;
    length += taken / 4 * 3;
    if (taken == groups) {
      return come - next >= 4;
    }
    int end = next;
    while (end < come && end - next < LONGEST_END && text[end] != '"') {
      end++;
    }
    if (end == come && end - next < LONGEST_END) {
      return false;
    }
    inRun = false;
    step = Math.max(SHORTEST_STEP, Math.min(LONGEST_STEP, end - from)); // the next one is like it
    if (text[end] == '"' && end - from >= SHORTEST && takeEnd(text, end)) {
      runs.put(from, new Run(end, ByteBuffer.wrap(decoded, 0, length)));
      decoded = NONE;
    }
    return true;
  }

  /** Decodes the last group. */
  private boolean takeEnd(byte[] text, int end) {
    try {
      byte[] last = Base64.getDecoder().decode(Arrays.copyOfRange(text, next, end));
      reserve(length + last.length, 0);
      System.arraycopy(last, 0, decoded, length, last.length);
      length += last.length;
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Room for what has come, and for what may come still: for all of it in the first text, which is
   * mostly the only one, unless that is much more.
   */
  private void reserve(int needed, int rest) {
    if (needed <= decoded.length) {
      return;
    }
    if (runs.isEmpty()) {
      byte[] grown = arrays.take((int) Math.max(needed, Math.min(GROWTH * needed, length + rest)));
      System.arraycopy(decoded, 0, grown, 0, length);
      arrays.give(shared);
      shared = grown;
      decoded = grown;
    } else {
      decoded =
          Arrays.copyOf(decoded, (int) Math.max(needed, Math.min(2L * needed, length + rest)));
    }
  }
}
