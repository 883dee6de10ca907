package io.rankline.spark.training.worker;

import io.rankline.data.RankingList;
import io.rankline.pipeline.boosting.BoostingRows;
import io.rankline.pipeline.boosting.GrowerMeeting;
import io.rankline.pipeline.boosting.GrowerMember;
import io.rankline.pipeline.boosting.GrowerSeat;
import io.rankline.pipeline.boosting.GrownScores;
import io.rankline.pipeline.boosting.TreeGrower;
import io.rankline.spark.training.data.Band;
import io.rankline.spark.training.job.TreeJob;
import io.rankline.spark.training.job.TreeReport;
import io.rankline.text.Sha256;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * A worker that grows trees on its partition of the lists, the same as the others on theirs. Worker
 * 0 opens the place where all find each other, so that a stage that runs again has a new one.
 *
 * <p>Workers go on with what they have kept of the stage before only if all of them can: with its
 * first trees XGBoost asks the others where features may be split, and later no more.
 */
public final class TreeTask extends BarrierTask<TreeReport> {

  private static final long serialVersionUID = 1;

  private final Broadcast<TreeJob> job;

  /** A worker of that job. */
  public TreeTask(Broadcast<TreeJob> job) {
    this.job = job;
  }

  @Override
  TreeReport run(BarrierTaskContext context, Iterator<Band> bands) {
    long begin = System.nanoTime();
    TreeJob job = this.job.value();
    int rank = context.partitionId();
    String where = where();
    WorkerThreads.hold(job.threads());
    String stage = "%s.%s".formatted(context.stageId(), context.stageAttemptNumber());
    TreeRows rows = TreeRows.take(job, rank);
    boolean done = false;
    try {
      boolean agreed = all(context, rows != null && rows.agreed());
      TreeRows.endLeftBehind(stage);
      if (rows != null && !agreed) {
        rows.close();
      }
      Start own = Start.of(job, rank, rows, bands);
      rows = own.rows;
      List<Arrival> all = meet(context, new Arrival("", where, own.library, own.fault));
      String problem = Arrival.problem(all);
      if (!problem.isEmpty() || rows == null || own.grower == null) {
        return TreeReport.failed(rank, where, problem);
      }
      long ready = System.nanoTime();
      GrownScores scores = rows.scores();
      scores.restore(job.trees());
      float[] trees = {};
      if (job.rounds() > 0 && job.workers() == 1) {
        trees = rows.grow(job);
      } else if (job.rounds() > 0) {
        try (Door door = Door.of(job, rank, own.grower)) {
          List<Arrival> doors =
              meet(context, new Arrival(door.address(), where, own.library, door.fault));
          problem = Arrival.problem(doors);
          if (!problem.isEmpty()) {
            return TreeReport.failed(rank, where, problem);
          }
          GrowerSeat seat = new GrowerSeat(doors.get(0).address(), rank, door.port, job.silence());
          trees = together(own.grower, seat, rows, job);
          door.awaitEnd();
        }
      }
      scores.add(trees);
      TreeReport report =
          new TreeReport(
              rank,
              where,
              rank == 0 ? trees : new float[0],
              new Sha256().add(trees).hex(),
              scores.loss(job.loss().objective()),
              rows.rows().lists(),
              rows.rows().items(),
              ready - begin,
              System.nanoTime() - ready,
              null);
      done = true;
      return report;
    } finally {
      if (rows != null) {
        if (!done) {
          rows.close();
        }
        rows.keep(job, rank, stage);
      }
    }
  }

  /** Whether it is so with all workers. */
  private static boolean all(BarrierTaskContext context, boolean own) {
    return Arrays.stream(PromptGather.of(context, Boolean.toString(own)))
        .allMatch(Boolean::parseBoolean);
  }

  @SuppressWarnings("try") // XGBoost knows by the thread that it is a member
  private static float[] together(TreeGrower grower, GrowerSeat seat, TreeRows rows, TreeJob job) {
    try (GrowerMember member = grower.join(seat)) {
      return rows.grow(job);
    }
  }

  /** What a worker grows trees with and on; it comes to the others with its fault, if any. */
  private record Start(
      @Nullable TreeGrower grower, @Nullable TreeRows rows, String library, String fault) {

    static Start of(TreeJob job, int rank, @Nullable TreeRows kept, Iterator<Band> bands) {
      TreeRows rows = kept;
      try {
        TreeGrower grower = TreeGrower.find();
        if (rows == null) {
          rows = new TreeRows(job, read(job, rank, bands));
        }
        if (job.rounds() > 0) {
          rows.prepare(grower, job);
        }
        return new Start(grower, rows, grower.library(), "");
      } catch (IllegalArgumentException | IllegalStateException | LinkageError e) {
        return new Start(null, rows, "", String.valueOf(e.getMessage()));
      }
    }

    private static BoostingRows read(TreeJob job, int rank, Iterator<Band> bands) {
      BoostingRows.@Nullable Builder rows = null;
      long place = rank;
      while (bands.hasNext()) {
        for (RankingList list : bands.next().lists()) {
          if (rows == null) {
            int column = job.loss().labelColumn(list.layout(), job.task());
            rows = new BoostingRows.Builder(job.options(), column);
          }
          rows.add(list, place + 1);
          place += job.workers();
        }
      }
      if (rows == null) {
        throw new IllegalStateException("the worker has no list");
      }
      return rows.build();
    }
  }

  /** Where a worker is to be found, or why it cannot be. */
  private record Door(@Nullable GrowerMeeting meeting, int port, String fault)
      implements AutoCloseable {

    static Door of(TreeJob job, int rank, TreeGrower grower) {
      try {
        int port = FreePort.of(host(), job.firstPort(), job.portCount(), rank);
        return new Door(rank > 0 ? null : meeting(job, grower), port, "");
      } catch (IllegalStateException e) {
        return new Door(null, 0, String.valueOf(e.getMessage()));
      }
    }

    private static GrowerMeeting meeting(TreeJob job, TreeGrower grower) {
      String host = host();
      int port = FreePort.of(host, job.firstPort(), job.portCount(), job.workers());
      return grower.meeting(host, port, job.workers(), job.silence());
    }

    String address() {
      return meeting == null ? "" : meeting.address();
    }

    void awaitEnd() {
      if (meeting != null) {
        meeting.awaitEnd();
      }
    }

    @Override
    public void close() {
      if (meeting != null) {
        meeting.close();
      }
    }
  }
}
