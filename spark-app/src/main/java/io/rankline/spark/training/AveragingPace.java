package io.rankline.spark.training;

import io.rankline.spark.training.job.AveragingReport;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds up where the time of rounds goes, and says it in one plain line. */
final class AveragingPace {

  private static final Logger LOG = LoggerFactory.getLogger(AveragingPace.class);
  private static final double NANOS = 1e9;

  private int rounds;
  private long lists;
  private long wall;
  private long slowest;
  private long idle;
  private long input;

  void add(Collection<AveragingReport> reports, Duration time) {
    rounds++;
    wall += time.toNanos();
    long most = reports.stream().mapToLong(AveragingReport::training).max().orElse(0);
    slowest += most;
    input += reports.stream().mapToLong(AveragingReport::input).max().orElse(0);
    for (AveragingReport report : reports) {
      idle += (most - report.training()) / reports.size();
      lists += report.steps().stream().mapToLong(step -> step.lists()).sum();
    }
  }

  void log() {
    if (rounds == 0) {
      return;
    }
    LOG.info(
        "{} rounds: {} lists/s, {} s a round, of it {} s averaging; workers wait {} % for the"
            + " slowest and {} % for input",
        rounds,
        String.format(Locale.ROOT, "%.0f", lists * NANOS / Math.max(wall, 1)),
        seconds(wall),
        seconds(wall - slowest),
        percent(idle),
        percent(input));
  }

  private String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / NANOS / rounds);
  }

  private String percent(long part) {
    return String.format(Locale.ROOT, "%.1f", 100.0 * part / Math.max(wall, 1));
  }
}
