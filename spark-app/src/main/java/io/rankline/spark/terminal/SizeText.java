package io.rankline.spark.terminal;

import java.util.Locale;

/** Amounts of bytes for people, in powers of 1000. */
public final class SizeText {

  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

  private SizeText() {}

  /** {@code 940 bytes}, {@code 1.2 GB}. */
  public static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= 999.5 && unit < UNITS.length - 1) {
      amount /= 1000;
      unit++;
    }
    String format = unit == 0 || amount >= 99.95 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, amount, UNITS[unit]);
  }

  /** {@code 21.4 s, 47 MB/s}. */
  public static String megabytesPerSecond(long bytes, long nanos) {
    double seconds = nanos / 1e9;
    return String.format(Locale.ROOT, "%.1f s, %.0f MB/s", seconds, bytes / 1e6 / seconds);
  }
}
