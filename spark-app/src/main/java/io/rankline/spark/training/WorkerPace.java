package io.rankline.spark.training;

import io.rankline.spark.training.job.WorkerReport;
import io.rankline.spark.training.job.WorkerTimes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says how fast workers were and what kept them, one plain line each. */
final class WorkerPace {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPace.class);
  private static final int MOST_TOLD = 16;
  private static final double NANOS = 1e9;

  private WorkerPace() {}

  /** Of every worker of a small cluster, and of the slowest ones of a large one. */
  static void log(List<WorkerReport> reports, Duration wall) {
    List<WorkerReport> slowest =
        reports.stream()
            .sorted(Comparator.comparingLong(report -> report.times().waiting()))
            .limit(MOST_TOLD)
            .sorted(Comparator.comparingInt(WorkerReport::rank))
            .toList();
    if (slowest.size() < reports.size()) {
      LOG.info(
          "the {} workers of {} that the others waited for most:", slowest.size(), reports.size());
    }
    for (WorkerReport report : slowest) {
      WorkerTimes times = report.times();
      double seconds = Math.max(times.training(), 1) / NANOS;
      LOG.info(
          "worker {} ({}): {} lists/s, all-reduce {} % and waiting for others {} % of {} s, input"
              + " {} %, start {} s",
          report.rank(),
          report.host(),
          String.format(Locale.ROOT, "%.0f", report.ownLists() / seconds),
          percent(times.exchange() - times.waiting(), times.training()),
          percent(times.waiting(), times.training()),
          String.format(Locale.ROOT, "%.1f", seconds),
          percent(times.input(), times.training()),
          String.format(Locale.ROOT, "%.2f", (wall.toNanos() - times.training()) / NANOS));
    }
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f", 100.0 * part / Math.max(whole, 1));
  }
}
