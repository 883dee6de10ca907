package io.rankline.spark.training;

import io.rankline.pipeline.replica.ModelState;
import io.rankline.pipeline.session.EpochTotals;
import io.rankline.pipeline.session.FailedBatch;
import io.rankline.pipeline.session.SessionRequest;
import io.rankline.pipeline.session.StepListener;
import io.rankline.pipeline.session.StepTally;
import io.rankline.pipeline.session.TrainingFailedException;
import io.rankline.spark.training.job.AveragingReport;
import io.rankline.spark.training.job.AveragingRound;
import io.rankline.spark.training.job.WorkerStep;
import io.rankline.spark.training.option.AveragingOptions;
import io.rankline.spark.training.stage.JobWatch;
import io.rankline.spark.training.stage.Slots;
import io.rankline.spark.training.watch.WorkerGauges;
import io.rankline.spark.training.worker.AveragingTask;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parameter averaging on Spark executors: all workers begin a round at the driver's model, take
 * {@code averaging_frequency} steps on their own lists, and the mean of their parameters is the
 * driver's next model. Every worker counts alike, whatever lists it had.
 *
 * <p>A step is one of all workers, each on its share of a batch, so that an epoch has as many steps
 * as under the other strategies. Rounds begin at multiples of {@code averaging_frequency} and end
 * there, or where an epoch or a checkpoint ends. If an executor is lost, Spark runs its part of the
 * round again.
 */
final class AveragingSession extends ClusterSession {

  /** Why the number of executors must not change. */
  static final String WHY_FIXED =
      "workers keep their lists from round to round, and dynamic allocation would take their"
          + " executors away";

  private static final Logger LOG = LoggerFactory.getLogger(AveragingSession.class);

  private final AveragingOptions options;
  private final AveragingMaster master;
  private final WorkerGauges gauges;

  AveragingSession(JavaSparkContext spark, SessionRequest request, AveragingOptions options)
      throws IOException {
    super(
        spark,
        request,
        AveragingOptions.STRATEGY,
        DealtTraining.Use.STEPS,
        options.numWorkers(),
        options.patience(),
        WHY_FIXED);
    this.options = options;
    this.master = new AveragingMaster(spark, model().graph(), workers(), options);
    this.gauges = new WorkerGauges(workers());
    LOG.info(
        "{}: {} workers of {} threads, batches of {} lists over all of them, averaged every {}"
            + " steps",
        AveragingOptions.STRATEGY,
        workers(),
        Slots.threadsOfWorker(spark),
        training().order().batchSize(),
        options.averagingFrequency());
  }

  @Override
  public EpochTotals train(long firstStep, long steps, StepListener listener) throws IOException {
    EpochTotals totals = EpochTotals.NONE;
    AveragingPace pace = new AveragingPace();
    long done = 0;
    while (done < steps) {
      long untilAverage =
          options.averagingFrequency() - (firstStep + done) % options.averagingFrequency();
      int length = Math.toIntExact(Math.min(untilAverage, steps - done));
      EpochTotals round = round(firstStep + done, length, listener, pace);
      totals = totals.plus(round);
      done += length;
    }
    pace.log();
    return totals;
  }

  private EpochTotals round(long firstStep, int steps, StepListener listener, AveragingPace pace)
      throws IOException {
    long begin = System.nanoTime();
    ComputationGraph graph = model().graph();
    ModelState before = ModelState.of(graph);
    AveragingRound round =
        new AveragingRound(
            name(),
            blueprint(),
            before,
            options.averageUpdaters(),
            training().order(),
            training().files().settings(),
            training().lists().bands().id(),
            firstStep,
            steps,
            Slots.threadsOfWorker(spark()));
    Broadcast<AveragingRound> broadcast = spark().broadcast(round);
    CollectionAccumulator<AveragingReport> accumulator = spark().sc().collectionAccumulator();
    try {
      spark()
          .setJobDescription(
              "train steps %s to %s and average".formatted(firstStep + 1, firstStep + steps));
      JobWatch.run(
          spark(),
          options.patience(),
          () -> {
            master.average(
                training()
                    .lists()
                    .bands()
                    .mapPartitions(new AveragingTask(broadcast, accumulator)));
            return round;
          });
    } catch (IOException | RuntimeException e) {
      before.restoreInto(graph);
      throw e;
    } finally {
      broadcast.destroy();
    }
    Collection<AveragingReport> reports = oneOfEach(accumulator.value());
    for (AveragingReport report : reports) {
      if (report.failure() != null) {
        before.restoreInto(graph);
        throw new TrainingFailedException(report.failure());
      }
    }
    // The master counts whole rounds only.
    graph.getConfiguration().setIterationCount(before.iteration() + steps);
    FailedBatch.requireFinite(model(), firstStep + steps, null);
    Duration wall = Duration.ofNanos(System.nanoTime() - begin);
    pace.add(reports, wall);
    gauges.set(reports, wall);
    return tell(reports, steps, wall, listener);
  }

  /** Steps of all workers together; the loss of a step is the mean over its lists. */
  private static EpochTotals tell(
      Collection<AveragingReport> reports, int steps, Duration wall, StepListener listener)
      throws IOException {
    StepTally tally = new StepTally(listener);
    for (int k = 0; k < steps; k++) {
      double loss = 0;
      int lists = 0;
      int items = 0;
      for (AveragingReport report : reports) {
        WorkerStep step = report.steps().get(k);
        loss += step.loss() * step.lists();
        lists += step.lists();
        items += step.items();
      }
      tally.add(loss / Math.max(lists, 1), lists, items);
    }
    long waiting = reports.stream().mapToLong(AveragingReport::input).max().orElse(0);
    return tally.totals(wall, Duration.ofNanos(waiting));
  }

  /** A task that was run again, because its executor was lost, has reported twice. */
  private Collection<AveragingReport> oneOfEach(List<AveragingReport> all) {
    SortedMap<Integer, AveragingReport> reports = new TreeMap<>();
    all.forEach(report -> reports.put(report.rank(), report));
    if (reports.size() != workers()) {
      throw new IllegalStateException(
          "%s of %s workers reported of their round".formatted(reports.size(), workers()));
    }
    return reports.values();
  }
}
