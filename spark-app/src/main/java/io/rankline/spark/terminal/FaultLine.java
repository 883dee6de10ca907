package io.rankline.spark.terminal;

import io.rankline.text.Secrets;
import java.util.List;
import java.util.Optional;

/** The line that reports a fault on standard error: it begins with the name of the program. */
public final class FaultLine {

  private static final String BEGIN = "rankline: ";

  private FaultLine() {}

  /** The line of a fault, without its end, and without passwords. */
  public static String of(String fault) {
    return BEGIN + Secrets.hidden(fault);
  }

  /** The last fault among what a run of the program printed. */
  public static Optional<String> last(List<String> printed) {
    return printed.stream()
        .filter(line -> line.startsWith(BEGIN))
        .reduce((earlier, later) -> later)
        .map(line -> line.substring(BEGIN.length()));
  }

  /** Tells of a fault beside the work of a command, which goes on. */
  public static void warn(String fault) {
    System.err.println(of(fault));
  }
}
