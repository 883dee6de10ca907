package io.rankline.spark.training;

import io.rankline.loss.LossObjective;
import io.rankline.loss.LossResult;
import io.rankline.model.TaskLoss;
import io.rankline.model.optimizer.LearningRates;
import io.rankline.model.scorer.LambdaMartScorer.Growing;
import io.rankline.pipeline.session.EpochTotals;
import io.rankline.pipeline.session.SessionRequest;
import io.rankline.pipeline.session.StepListener;
import io.rankline.pipeline.session.StepTally;
import io.rankline.pipeline.session.TrainingFailedException;
import io.rankline.spark.training.job.TreeJob;
import io.rankline.spark.training.job.TreeReport;
import io.rankline.spark.training.option.MultiWorkerOptions;
import io.rankline.spark.training.stage.BarrierStage;
import io.rankline.spark.training.stage.Slots;
import io.rankline.spark.training.worker.TreeTask;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grows trees on Spark executors: each worker has whole lists, and all of them grow the same trees
 * by the sums of what each has seen. List number n belongs to worker n modulo their number, so that
 * trees depend on the number of workers, not on files or machines.
 *
 * <p>Each call of {@link #train} is one barrier stage that begins with the driver's trees. If an
 * executor is lost, the stage runs again from those.
 */
final class TreeSession extends ClusterSession {

  private static final Logger LOG = LoggerFactory.getLogger(TreeSession.class);

  /**
   * How long a worker may take to end when another is gone: XGBoost's functions hear nothing of it
   * while they compute, and now and then wait for ever where a connection broke.
   */
  private static final Duration LAST_WORD = Duration.ofSeconds(10);

  private final SessionRequest request;
  private final Growing growing;
  private final MultiWorkerOptions options;
  private final Broadcast<String> session;

  TreeSession(
      JavaSparkContext spark, SessionRequest request, Growing growing, MultiWorkerOptions options)
      throws IOException {
    super(
        spark,
        request,
        MultiWorkerOptions.STRATEGY,
        DealtTraining.Use.WHOLE,
        options.numWorkers(),
        options.patience(),
        MultiWorkerSession.WHY_FIXED);
    this.request = request;
    this.growing = growing;
    this.options = options;
    this.session = spark.broadcast(name());
    LOG.info(
        "{}: {} workers of {} threads grow the same trees",
        MultiWorkerOptions.STRATEGY,
        workers(),
        Slots.threadsOfWorker(spark));
  }

  @Override
  public long stepsPerPass() {
    return growing.roundsOfEpoch(request.hparams().numEpochs());
  }

  @Override
  public EpochTotals train(long firstStep, long steps, StepListener listener) throws IOException {
    long begin = System.nanoTime();
    int first = growing.treesAfter(firstStep);
    int rounds = growing.treesAfter(firstStep + steps) - first;
    String task = model().tasks().firstKey();
    TaskLoss loss = Objects.requireNonNull(model().tasks().get(task));
    TreeJob job =
        new TreeJob(
            session,
            growing.options(),
            task,
            loss,
            growing.trees(first),
            rounds,
            LearningRates.current(model().graph()),
            request.hparams().seed() + first,
            workers(),
            Slots.threadsOfWorker(spark()),
            options.port(),
            options.portsTried(),
            options.silence());
    List<TreeReport> reports = grow(job, first);
    requireSound(reports);
    growing.set(first, reports.get(0).trees());
    Duration wall = Duration.ofNanos(System.nanoTime() - begin);
    log(reports, rounds, wall);
    int lists = reports.stream().mapToInt(TreeReport::lists).sum();
    int items = reports.stream().mapToInt(TreeReport::items).sum();
    double measured = loss(loss.objective(), reports);
    StepTally tally = new StepTally(listener);
    for (long k = 0; k < steps; k++) {
      tally.add(measured, lists, items);
    }
    long reading = reports.stream().mapToLong(TreeReport::reading).max().orElse(0);
    return tally.totals(wall, Duration.ofNanos(reading));
  }

  @Override
  public void close() {
    try {
      // Executors hear of it, and give back what they have kept.
      session.destroy();
    } finally {
      super.close();
    }
  }

  private List<TreeReport> grow(TreeJob job, int first) throws IOException {
    Broadcast<TreeJob> broadcast = spark().broadcast(job);
    try {
      spark().setJobDescription("grow trees %s to %s".formatted(first + 1, first + job.rounds()));
      JavaRDD<TreeReport> stage =
          training()
              .lists()
              .bands()
              .rdd()
              .barrier()
              .mapPartitions(
                  new TreeTask(broadcast),
                  false,
                  scala.reflect.ClassTag$.MODULE$.apply(TreeReport.class))
              .toJavaRDD();
      Duration last = options.silence().compareTo(LAST_WORD) < 0 ? options.silence() : LAST_WORD;
      return BarrierStage.collect(spark(), stage, workers(), last, options.patience());
    } finally {
      broadcast.destroy();
    }
  }

  private static void requireSound(List<TreeReport> reports) {
    for (TreeReport report : reports) {
      if (report.failure() != null) {
        throw new TrainingFailedException(report.failure());
      }
    }
    TreeReport first = reports.get(0);
    for (TreeReport report : reports) {
      if (!report.digest().equals(first.digest())) {
        throw new TrainingFailedException(
            "worker %s (%s) has grown other trees than worker 0 (%s); the model is as it was before them. Check that all executors have the same processors and libraries, and their memory is sound"
                .formatted(report.rank(), report.where(), first.where()));
      }
    }
  }

  private static double loss(LossObjective objective, List<TreeReport> reports) {
    LossResult all = null;
    for (TreeReport report : reports) {
      LossResult own = Objects.requireNonNull(report.loss());
      all = all == null ? own : objective.merge(all, own);
    }
    return Objects.requireNonNull(all).value();
  }

  private static void log(List<TreeReport> reports, int rounds, Duration wall) {
    for (TreeReport report : reports) {
      LOG.info(
          "worker {} ({}): {} trees on {} lists in {} ms, its rows in {} ms, of {} ms",
          report.rank(),
          report.where(),
          rounds,
          report.lists(),
          Duration.ofNanos(report.growing()).toMillis(),
          Duration.ofNanos(report.reading()).toMillis(),
          wall.toMillis());
    }
  }
}
