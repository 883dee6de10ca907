package io.rankline.server.load;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How requests ended.
 *
 * @param ends how many had each status, or failed without one, by name
 * @param nanos times of those with status 200, sorted. With a rate they begin when a request was
 *     due, so that one which waits for a slow one before it shows it
 * @param seconds that were measured
 */
public record LoadReport(SortedMap<String, Long> ends, long[] nanos, double seconds) {

  /** Sorts the times. */
  public LoadReport {
    ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
    nanos = nanos.clone();
    Arrays.sort(nanos);
  }

  /** Whether every request had status 200, and there was one. */
  public boolean isClean() {
    return nanos.length > 0 && ends.keySet().stream().allMatch("200"::equals);
  }

  /** Requests with status 200 a second. */
  public double rate() {
    return nanos.length / seconds;
  }

  /** The time that a share of requests took at most, in milliseconds; NaN where there are none. */
  public double millis(double share) {
    if (nanos.length == 0) {
      return Double.NaN;
    }
    int place = (int) Math.ceil(share * nanos.length) - 1;
    return nanos[Math.min(nanos.length - 1, Math.max(0, place))] / 1e6;
  }

  /** Lines for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.1f requests/s answered with 200, over %.1f s%n"
            + "latency p50 %.2f ms, p90 %.2f ms, p99 %.2f ms, most %.2f ms%n"
            + "ends: %s",
        rate(),
        seconds,
        millis(0.5),
        millis(0.9),
        millis(0.99),
        millis(1),
        ends);
  }
}
