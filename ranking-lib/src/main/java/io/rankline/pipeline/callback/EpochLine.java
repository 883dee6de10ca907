package io.rankline.pipeline.callback;

import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;

/** An epoch in one line of text, for logs and terminals. */
public final class EpochLine {

  private EpochLine() {}

  /**
   * The line, such as {@code epoch 3/10 loss 0.5321 val_loss 0.55 lr 0.001 1,234 lists/s 2 %
   * waiting 12 s}, without tabs and line breaks.
   *
   * @param epochs number of epochs asked for
   */
  public static String of(EpochResult epoch, int epochs) {
    StringJoiner line = new StringJoiner("  ");
    line.add("epoch %s/%s".formatted(epoch.epoch(), epochs));
    epoch.logs().forEach((name, value) -> line.add(name + " " + number(value)));
    line.add(rate(epoch.listsPerSecond()));
    line.add(String.format(Locale.ROOT, "%.0f %% waiting", 100 * epoch.waitingShare()));
    line.add(duration(epoch.training().plus(epoch.validating())));
    return line.toString();
  }

  /** Four significant digits, without zeros that say nothing. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.3e", value)
          .replaceFirst("\\.?0*e", "e")
          .replaceFirst("e([+-])0*(\\d)", "e$1$2")
          .replace("e+", "e");
    }
    int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    String digits = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
  }

  /** Such as {@code 1,234 lists/s}. */
  public static String rate(double listsPerSecond) {
    return String.format(
        Locale.ROOT, listsPerSecond < 10 ? "%.1f lists/s" : "%,.0f lists/s", listsPerSecond);
  }

  /** Such as {@code 0.8 s}, {@code 12 s}, {@code 3 min 5 s} or {@code 2 h 10 min}. */
  public static String duration(Duration duration) {
    if (duration.toMillis() < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
    long seconds = Math.round(duration.toMillis() / 1e3);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return "%s min %s s".formatted(seconds / 60, seconds % 60);
    }
    return "%s h %s min".formatted(seconds / 3600, seconds % 3600 / 60);
  }
}
