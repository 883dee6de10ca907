package io.rankline.spark.training.watch;

import io.rankline.spark.training.job.AveragingReport;
import io.rankline.spark.training.job.WorkerReport;
import io.rankline.spark.training.job.WorkerTimes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Where the time of the workers goes, as the metrics {@code rankline_workers.*} of the driver; of
 * the latest stage: an epoch or {@code checkpoint_steps} of it, or a round until an average.
 */
public final class WorkerGauges {

  private static final String NAME = "rankline_workers";

  private volatile double allReduceShare = Double.NaN;
  private volatile double waitingShare = Double.NaN;
  private volatile double inputShare = Double.NaN;
  private final int workers;

  /** Of one training with so many workers. */
  public WorkerGauges(int workers) {
    this.workers = workers;
    new DriverSource(NAME)
        .with("workers", () -> this.workers)
        .with("all_reduce_share", () -> allReduceShare)
        .with("waiting_share", () -> waitingShare)
        .with("input_share", () -> inputShare)
        .register();
  }

  /** Ends what is told of a training. */
  public static void end() {
    DriverSource.remove(NAME);
  }

  /** After a stage, by what its workers say. */
  public void set(List<WorkerReport> reports) {
    allReduceShare = share(reports, times -> times.exchange() - times.waiting());
    waitingShare = share(reports, WorkerTimes::waiting);
    inputShare = share(reports, WorkerTimes::input);
  }

  /** After a round that took so long, whose workers are averaged. */
  public void set(Collection<AveragingReport> reports, Duration wall) {
    double round = Math.max(wall.toNanos(), 1);
    double slowest = reports.stream().mapToLong(AveragingReport::training).max().orElse(0);
    allReduceShare = (round - slowest) / round;
    waitingShare =
        reports.stream()
            .mapToDouble(report -> (slowest - report.training()) / round)
            .average()
            .orElse(Double.NaN);
    inputShare =
        reports.stream().mapToDouble(report -> report.input() / round).average().orElse(Double.NaN);
  }

  /** The mean over workers. */
  private static double share(List<WorkerReport> reports, ToLongFunction<WorkerTimes> part) {
    return reports.stream()
        .map(WorkerReport::times)
        .mapToDouble(times -> (double) part.applyAsLong(times) / Math.max(times.training(), 1))
        .average()
        .orElse(Double.NaN);
  }
}
