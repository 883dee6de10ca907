package io.rankline.spark.terminal;

/**
 * A line of values, two spaces between them, on a terminal that may be too narrow for it: it goes
 * on below, indented, and no value is torn. Elsewhere lines stay whole, for {@code grep}.
 */
public final class FoldedLine {

  private static final String GAP = "  ";

  private FoldedLine() {}

  /** The line as standard error takes it. */
  public static String of(String line) {
    return Boolean.getBoolean(Progress.TERMINAL) ? of(line, Progress.columns()) : line;
  }

  /** The line in lines of at most that many characters, but for values that are longer. */
  static String of(String line, int width) {
    StringBuilder folded = new StringBuilder();
    int used = 0;
    for (String value : line.split(GAP, -1)) {
      if (used > 0 && used + GAP.length() + value.length() > width) {
        folded.append('\n');
        used = 0;
      }
      if (!folded.isEmpty()) {
        folded.append(GAP);
        used += GAP.length();
      }
      folded.append(value);
      used += value.length();
    }
    return folded.toString();
  }
}
