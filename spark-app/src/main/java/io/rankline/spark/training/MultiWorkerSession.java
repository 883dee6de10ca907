package io.rankline.spark.training;

import io.rankline.pipeline.replica.GradientSharing;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.pipeline.session.EpochTotals;
import io.rankline.pipeline.session.FailedBatch;
import io.rankline.pipeline.session.SessionRequest;
import io.rankline.pipeline.session.StepListener;
import io.rankline.pipeline.session.StepTally;
import io.rankline.pipeline.session.TrainingFailedException;
import io.rankline.spark.training.job.RingOptions;
import io.rankline.spark.training.job.WorkerCounters;
import io.rankline.spark.training.job.WorkerJob;
import io.rankline.spark.training.job.WorkerReport;
import io.rankline.spark.training.job.WorkerStep;
import io.rankline.spark.training.option.MultiWorkerOptions;
import io.rankline.spark.training.stage.BarrierStage;
import io.rankline.spark.training.stage.Slots;
import io.rankline.spark.training.stage.StageProgress;
import io.rankline.spark.training.watch.WorkerGauges;
import io.rankline.spark.training.worker.WorkerTask;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Synchronous data parallelism on Spark executors: all workers of a job run in one barrier stage
 * and share what their gradients say in every step, exactly or where it has grown large.
 *
 * <p>Each call of {@link #train} is one stage that begins at the driver's model and ends by
 * bringing it up to date. If an executor is lost, the stage runs again from that model.
 */
final class MultiWorkerSession extends ClusterSession {

  /** Why the number of executors must not change. */
  static final String WHY_FIXED =
      "workers train together in one barrier stage, which Spark refuses under dynamic allocation";

  private static final Logger LOG = LoggerFactory.getLogger(MultiWorkerSession.class);
  private static final int SECRET_BYTES = 32;

  private final MultiWorkerOptions options;
  private final RingOptions ring;
  private final WorkerGauges gauges;
  private GradientSharing sharing;
  private boolean saysPrecision;

  MultiWorkerSession(JavaSparkContext spark, SessionRequest request, MultiWorkerOptions options)
      throws IOException {
    super(
        spark,
        request,
        MultiWorkerOptions.STRATEGY,
        DealtTraining.Use.STEPS,
        options.numWorkers(),
        options.patience(),
        WHY_FIXED);
    this.options = options;
    this.sharing = options.sharing();
    this.gauges = new WorkerGauges(workers());
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    this.ring =
        new RingOptions(
            options.port(),
            options.portsTried(),
            HexFormat.of().formatHex(secret),
            options.silence());
    LOG.info(
        "{}, {}: {} workers of {} threads, batches of {} lists over all of them",
        MultiWorkerOptions.STRATEGY,
        sharing,
        workers(),
        Slots.threadsOfWorker(spark),
        training().order().batchSize());
  }

  @Override
  public EpochTotals train(long firstStep, long steps, StepListener listener) throws IOException {
    long begin = System.nanoTime();
    JavaSparkContext spark = spark();
    WorkerCounters counters = WorkerCounters.of(spark.sc());
    WorkerJob job =
        new WorkerJob(
            name(),
            blueprint(),
            ModelState.of(model().graph()),
            sharing,
            training().order(),
            training().files().settings(),
            training().lists().bands().id(),
            firstStep,
            steps,
            Slots.threadsOfWorker(spark),
            ring,
            counters);
    Broadcast<WorkerJob> broadcast = spark.broadcast(job);
    StageProgress progress = new StageProgress(counters, steps, workers());
    spark.sc().addSparkListener(progress);
    List<WorkerReport> reports;
    try {
      spark.setJobDescription("train steps %s to %s".formatted(firstStep + 1, firstStep + steps));
      JavaRDD<WorkerReport> stage =
          training()
              .lists()
              .bands()
              .rdd()
              .barrier()
              .mapPartitions(
                  new WorkerTask(broadcast),
                  false,
                  scala.reflect.ClassTag$.MODULE$.apply(WorkerReport.class))
              .toJavaRDD();
      reports =
          BarrierStage.collect(spark, stage, workers(), options.silence(), options.patience());
    } finally {
      spark.sc().removeSparkListener(progress);
      broadcast.destroy();
    }
    requireSound(reports);
    WorkerReport first = reports.get(0);
    if (!saysPrecision) {
      blueprint().preparation().precision().logOf("the executors", first.precision());
      saysPrecision = true;
    }
    Objects.requireNonNull(first.state()).restoreInto(model().graph());
    sharing = first.sharing();
    FailedBatch.requireFinite(model(), firstStep + steps, null);
    Duration wall = Duration.ofNanos(System.nanoTime() - begin);
    WorkerPace.log(reports, wall);
    gauges.set(reports);
    if (!sharing.state().isEmpty()) {
      LOG.info("sharing goes on from {}", sharing.state());
    }
    StepTally tally = new StepTally(listener);
    for (WorkerStep step : first.steps()) {
      tally.add(step.loss(), step.lists(), step.items());
    }
    long waiting = reports.stream().mapToLong(report -> report.times().input()).max().orElse(0);
    return tally.totals(wall, Duration.ofNanos(waiting));
  }

  @Override
  public Map<String, Double> state() {
    return sharing.state();
  }

  @Override
  public void restore(Map<String, Double> state) {
    sharing = sharing.at(state);
  }

  private static void requireSound(List<WorkerReport> reports) {
    String failure = null;
    for (WorkerReport report : reports) {
      String said = report.failure();
      if (said != null && (failure == null || failure.isEmpty())) {
        failure = said;
      }
    }
    if (failure != null) {
      throw new TrainingFailedException(failure);
    }
    String digest = reports.get(0).digest();
    for (WorkerReport report : reports) {
      if (!report.digest().equals(digest)) {
        throw new TrainingFailedException(
            "worker %s (%s) has other parameters than worker 0 (%s) after the same steps; the model is as it was before them. Check that all executors have the same processors and libraries, and their memory is sound"
                .formatted(report.rank(), report.host(), reports.get(0).host()));
      }
    }
  }
}
