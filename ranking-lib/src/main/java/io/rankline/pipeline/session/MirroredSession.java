package io.rankline.pipeline.session;

import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListSize;
import io.rankline.data.RankingList;
import io.rankline.loss.NonFiniteScoreException;
import io.rankline.model.RankingModel;
import io.rankline.model.kernel.RowThreads;
import io.rankline.pipeline.replica.ExactSharing;
import io.rankline.pipeline.replica.ModelBlueprint;
import io.rankline.pipeline.replica.ModelState;
import io.rankline.pipeline.replica.Replica;
import io.rankline.pipeline.replica.ReplicaGroup;
import io.rankline.pipeline.replica.StepSums;
import io.rankline.pipeline.replica.ThreadReplicas;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Several replicas in this process, a thread each: every batch is divided among them in equal
 * shares. The processor's threads are shared out too.
 */
final class MirroredSession extends InputSession<MirroredSession.WholeBatch> {

  /**
   * A batch of all replicas.
   *
   * @param lists transformed and cut
   * @param length that all of them are padded to
   */
  record WholeBatch(List<RankingList> lists, int length) {

    ListBatcher batcher() {
      return new ListBatcher(new ListSize(length));
    }

    ListBatch padded() {
      return batcher().batch(lists);
    }
  }

  private final int count;
  private final ExecutorService threads;
  private final ThreadReplicas group;
  private final int rowThreadsBefore = RowThreads.count();
  private final List<RankingModel> models = new ArrayList<>();

  MirroredSession(SessionRequest request, int count) throws IOException {
    super(request, (batcher, lists) -> new WholeBatch(lists, batcher.length(lists)));
    this.count = count;
    this.group = new ThreadReplicas(count);
    this.threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "rankline-replica");
              thread.setDaemon(true);
              return thread;
            });
    ModelBlueprint blueprint = ModelBlueprint.of(model(), request.hparams().preparation());
    models.add(model());
    for (int rank = 1; rank < count; rank++) {
      models.add(blueprint.build(rank));
    }
  }

  @Override
  void take(long steps, StepTally tally) throws IOException {
    WholeBatch batch = input().next();
    // Callbacks may have changed the first one since: learning rates, best weights.
    ModelState state = ModelState.of(model().graph());
    List<Replica> replicas = new ArrayList<>();
    RowThreads.use(Math.max(1, rowThreadsBefore / count));
    try {
      for (ReplicaGroup member : group.members()) {
        RankingModel own = models.get(member.rank());
        if (member.rank() > 0) {
          state.restoreInto(own.graph());
        }
        replicas.add(new Replica(own, member, batch.lists().get(0).layout(), new ExactSharing()));
      }
      for (long k = 0; k < steps; k++) {
        StepSums sums = step(replicas, batch);
        if (!Double.isFinite(sums.loss())) {
          throw failed(replicas, input().step(), sums.loss(), batch.padded());
        }
        tally.add(sums.loss(), sums.lists(), sums.items());
        if (k + 1 < steps) {
          batch = input().next();
        }
      }
    } finally {
      replicas.forEach(Replica::close);
      RowThreads.use(rowThreadsBefore);
    }
    FailedBatch.requireFinite(model(), input().step(), batch.padded());
    requireEqual();
  }

  @Override
  public void close() {
    super.close();
    threads.shutdownNow();
  }

  private StepSums step(List<Replica> replicas, WholeBatch batch) throws IOException {
    List<RankingList> lists = batch.lists();
    List<Future<StepSums>> running = new ArrayList<>();
    for (int rank = 0; rank < count; rank++) {
      Replica replica = replicas.get(rank);
      int from = (int) ((long) lists.size() * rank / count);
      int to = (int) ((long) lists.size() * (rank + 1) / count);
      long[] numbers = LongStream.range(from, to).toArray();
      running.add(
          threads.submit(
              () -> {
                try {
                  return replica.step(lists.subList(from, to), numbers, batch.batcher());
                } catch (IOException | RuntimeException | Error e) {
                  group.abort();
                  throw e;
                }
              }));
    }
    return await(running);
  }

  private StepSums await(List<Future<StepSums>> running) throws IOException {
    StepSums sums = null;
    Throwable failure = null;
    for (Future<StepSums> replica : running) {
      try {
        sums = replica.get();
      } catch (ExecutionException e) {
        // The one that failed first says more than those that it left alone.
        Throwable cause = e.getCause();
        failure = failure == null || failure instanceof IOException ? cause : failure;
      } catch (InterruptedException e) {
        group.abort();
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while replicas train");
      }
    }
    if (failure instanceof RuntimeException thrown) {
      throw thrown;
    }
    if (failure != null || sums == null) {
      throw new IOException("a replica failed", failure);
    }
    return sums;
  }

  private static RuntimeException failed(
      List<Replica> replicas, long step, double loss, ListBatch batch) {
    for (Replica replica : replicas) {
      RuntimeException failure = replica.failure();
      if (failure instanceof NonFiniteScoreException scores) {
        return FailedBatch.ofScores(step, scores, batch);
      }
      if (failure != null) {
        return failure;
      }
    }
    return FailedBatch.ofLoss(step, loss, batch);
  }

  private void requireEqual() {
    String first = ModelState.of(model().graph()).digest();
    for (int rank = 1; rank < count; rank++) {
      if (!ModelState.of(models.get(rank).graph()).digest().equals(first)) {
        throw new TrainingFailedException(
            "replica %s of %s has other parameters than the first one; this is an error in"
                    .formatted(rank, count)
                + " Rankline, or the memory of this machine is not sound");
      }
    }
  }
}
