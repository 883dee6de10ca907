package io.rankline.spark.training.worker;

import io.rankline.data.ListBatcher;
import io.rankline.data.ListLayout;
import io.rankline.model.RankingModel;
import io.rankline.model.layer.trained.TrainingPrecision;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.pipeline.replica.Replica;
import io.rankline.pipeline.replica.StepSums;
import io.rankline.pipeline.session.FailedBatch;
import io.rankline.spark.training.collective.Ring;
import io.rankline.spark.training.collective.RingEndpoint;
import io.rankline.spark.training.collective.RingException;
import io.rankline.spark.training.collective.RingSettings;
import io.rankline.spark.training.collective.RingTimings;
import io.rankline.spark.training.data.Band;
import io.rankline.spark.training.data.WorkerLists;
import io.rankline.spark.training.job.WorkerJob;
import io.rankline.spark.training.job.WorkerReport;
import io.rankline.spark.training.job.WorkerStep;
import io.rankline.spark.training.job.WorkerTimes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** A worker that takes the steps of a job on its partition of the lists, with the others. */
public final class WorkerTask extends BarrierTask<WorkerReport> {

  private static final long serialVersionUID = 1;

  private final Broadcast<WorkerJob> job;

  /** A worker of that job. */
  public WorkerTask(Broadcast<WorkerJob> job) {
    this.job = job;
  }

  @Override
  WorkerReport run(BarrierTaskContext context, Iterator<Band> bands) throws IOException {
    long begin = System.nanoTime();
    WorkerJob job = this.job.value();
    int rank = context.partitionId();
    String where = where();
    // What is read first is there already when the others wait.
    Band first = bands.next();
    Iterator<Band> partition = new Prepended(first, bands);
    ListLayout layout = first.lists().get(0).layout();
    WorkerLists lists =
        new WorkerLists(
            job.order(),
            rank,
            job.input().shuffleExamples(),
            partition,
            () -> KeptBands.of(job.bands(), rank));
    WorkerThreads.hold(job.threads());
    RankingModel model = WorkerModels.take(job.session(), job.blueprint(), rank);
    job.state().restoreInto(model.graph());
    String attempt =
        "%s.%s.%s".formatted(job.session(), context.stageId(), context.stageAttemptNumber());
    TrainingPrecision precision = job.blueprint().preparation().precision();
    try (Listening own = Listening.on(job.ring().settings(host(), attempt))) {
      String fault = own.fault().isEmpty() ? precision.fault() : own.fault();
      List<Arrival> all =
          meet(context, new Arrival(own.address(), where, NativeLibraries.here(precision), fault));
      String problem = Arrival.problem(all);
      RingEndpoint endpoint = own.endpoint();
      if (!problem.isEmpty() || endpoint == null) {
        return new WorkerReport(
            rank,
            where,
            List.of(),
            0,
            "",
            null,
            job.sharing(),
            precision.here(),
            new WorkerTimes(0, 0, 0, 0, 0, 0),
            problem);
      }
      try (Ring ring = endpoint.join(all.stream().map(Arrival::address).toList(), rank);
          Replica replica = new Replica(model, new RingGroup(ring), layout, job.sharing())) {
        WorkerReport report = train(job, replica, ring, lists, where, System.nanoTime() - begin);
        WorkerModels.giveBack(job.session(), rank, model);
        return report;
      }
    }
  }

  private static WorkerReport train(
      WorkerJob job, Replica replica, Ring ring, WorkerLists lists, String where, long starting)
      throws IOException {
    ListBatcher batcher = new ListBatcher(job.input().listSize());
    List<WorkerStep> steps = new ArrayList<>();
    RingTimings before = ring.timings();
    RingTimings last = before;
    long begin = System.nanoTime();
    long inputNanos = 0;
    long ownLists = 0;
    String failure = null;
    for (long k = 0; k < job.steps(); k++) {
      long asked = System.nanoTime();
      WorkerLists.Share share = lists.share(job.firstStep() + k);
      long got = System.nanoTime();
      inputNanos += got - asked;
      StepSums sums = replica.step(share.lists(), share.numbers(), batcher);
      if (!Double.isFinite(sums.loss())) {
        failure = failure(replica, job.firstStep() + k + 1);
        break;
      }
      ownLists += share.lists().size();
      RingTimings after = ring.timings();
      job.counters().steps().add(1);
      job.counters().lists().add(share.lists().size());
      job.counters().exchangeNanos().add(after.since(last).exchangeNanos());
      job.counters().inputNanos().add(got - asked);
      last = after;
      steps.add(new WorkerStep(sums.loss(), sums.lists(), sums.items()));
    }
    if (failure == null) {
      replica.settle();
    }
    long training = System.nanoTime() - begin;
    RingTimings spent = ring.timings().since(before);
    ModelState state = ModelState.of(replica.model().graph());
    return new WorkerReport(
        ring.rank(),
        where,
        steps,
        ownLists,
        state.digest(),
        ring.rank() == 0 ? state : null,
        replica.sharing(),
        job.blueprint().preparation().precision().here(),
        new WorkerTimes(
            starting,
            training,
            inputNanos,
            spent.exchangeNanos(),
            spent.waitNanos(),
            spent.bytesSent()),
        failure);
  }

  /** Empty from a worker whose own share was sound: another one knows what happened. */
  private static String failure(Replica replica, long step) {
    RuntimeException thrown = replica.failure();
    if (thrown == null && Double.isFinite(replica.ownLoss())) {
      return "";
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError) {
        return "step %s failed on worker %s, which has too little memory: %s; raise RANKLINE_EXECUTOR_OFF_HEAP, or lower train_batch_size; the last checkpoint is as it was"
            .formatted(step, replica.rank(), cause.getMessage());
      }
    }
    String what =
        thrown == null ? "the loss is " + replica.ownLoss() : String.valueOf(thrown.getMessage());
    return String.valueOf(
        FailedBatch.ofShare(step, replica.rank(), what, Objects.requireNonNull(replica.lastBatch()))
            .getMessage());
  }

  /** An iterator that had its first element taken. */
  private static final class Prepended implements Iterator<Band> {
    private @Nullable Band first;
    private final Iterator<Band> rest;

    Prepended(Band first, Iterator<Band> rest) {
      this.first = first;
      this.rest = rest;
    }

    @Override
    public boolean hasNext() {
      return first != null || rest.hasNext();
    }

    @Override
    public Band next() {
      Band taken = first;
      first = null;
      return taken == null ? rest.next() : taken;
    }
  }

  /** Where this worker listens, or why it cannot. */
  private record Listening(@Nullable RingEndpoint endpoint, String fault) implements AutoCloseable {

    static Listening on(RingSettings settings) {
      try {
        return new Listening(RingEndpoint.open(settings), "");
      } catch (RingException e) {
        // The others wait: they are informed, and no one tries again what can only fail again.
        return new Listening(
            null, e.getMessage() + " (strategy_options.port_count and strategy_options.port)");
      }
    }

    String address() {
      return endpoint == null ? "" : endpoint.address();
    }

    @Override
    public void close() {
      if (endpoint != null) {
        endpoint.close();
      }
    }
  }
}
