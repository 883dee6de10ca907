package io.rankline.spark.training.watch;

import io.rankline.spark.training.job.WorkerReport;
import io.rankline.spark.training.job.WorkerTimes;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Where the time of the workers goes, as the metrics {@code rankline_workers.*} of the driver; of
 * the latest stage, which is an epoch or {@code checkpoint_steps} of it.
 */
public final class WorkerGauges {

  private volatile double allReduceShare = Double.NaN;
  private volatile double waitingShare = Double.NaN;
  private volatile double inputShare = Double.NaN;
  private final int workers;
  private final long skipped;

  /**
   * Of one training.
   *
   * @param workers their number
   * @param skipped damaged records that were left out of the training data
   */
  public WorkerGauges(int workers, long skipped) {
    this.workers = workers;
    this.skipped = skipped;
    new DriverSource("rankline_workers")
        .with("workers", () -> this.workers)
        .with("skipped_records", () -> this.skipped)
        .with("all_reduce_share", () -> allReduceShare)
        .with("waiting_share", () -> waitingShare)
        .with("input_share", () -> inputShare)
        .register();
  }

  /** After a stage, by what its workers say. */
  public void set(List<WorkerReport> reports) {
    allReduceShare = share(reports, times -> times.exchange() - times.waiting());
    waitingShare = share(reports, WorkerTimes::waiting);
    inputShare = share(reports, WorkerTimes::input);
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
