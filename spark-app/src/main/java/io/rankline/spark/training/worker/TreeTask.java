package io.rankline.spark.training.worker;

import io.rankline.data.RankingList;
import io.rankline.frozen.step.TreeCode;
import io.rankline.pipeline.boosting.BoostingRows;
import io.rankline.pipeline.boosting.GrowerMeeting;
import io.rankline.pipeline.boosting.GrowerSeat;
import io.rankline.pipeline.boosting.GrownScores;
import io.rankline.pipeline.boosting.TreeGrower;
import io.rankline.pipeline.boosting.TreeGrowth;
import io.rankline.spark.training.data.Band;
import io.rankline.spark.training.job.TreeJob;
import io.rankline.spark.training.job.TreeReport;
import io.rankline.text.Sha256;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * A worker that grows trees on its partition of the lists, the same as the others on theirs. Worker
 * 0 opens the place where all find each other, so that a stage that runs again has a new one.
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
    try (Start own = Start.of(job, rank, host(), bands)) {
      String address = own.meeting == null ? "" : own.meeting.address();
      List<Arrival> all = meet(context, new Arrival(address, where, own.library, own.fault));
      String problem = Arrival.problem(all);
      if (!problem.isEmpty() || own.rows == null || own.grower == null) {
        return TreeReport.failed(rank, where, problem);
      }
      long ready = System.nanoTime();
      GrownScores scores = new GrownScores(own.rows, new TreeCode(job.options().maxDepth()));
      scores.add(job.trees());
      float[] trees = {};
      if (job.rounds() > 0) {
        GrowerSeat seat =
            new GrowerSeat(all.get(0).address(), rank, own.port, job.threads(), job.silence());
        try (TreeGrowth growth =
            job.workers() == 1
                ? own.grower.begin(own.rows, job.options(), job.threads())
                : own.grower.join(own.rows, job.options(), seat)) {
          trees = growth.grow(scores.copy(), job.rounds(), job.eta(), job.seed());
        }
        if (own.meeting != null) {
          own.meeting.awaitEnd();
        }
      }
      scores.add(trees);
      return new TreeReport(
          rank,
          where,
          rank == 0 ? trees : new float[0],
          new Sha256().add(trees).hex(),
          scores.loss(job.loss().objective()),
          own.rows.lists(),
          own.rows.items(),
          ready - begin,
          System.nanoTime() - ready,
          null);
    }
  }

  /**
   * What a worker has before it meets the others; it comes to them with its fault, if there is one.
   */
  private record Start(
      @Nullable TreeGrower grower,
      @Nullable BoostingRows rows,
      @Nullable GrowerMeeting meeting,
      int port,
      String library,
      String fault)
      implements AutoCloseable {

    static Start of(TreeJob job, int rank, String host, Iterator<Band> bands) {
      try {
        TreeGrower grower = TreeGrower.find();
        BoostingRows rows = rows(job, rank, bands);
        int port = FreePort.of(host, job.firstPort(), job.portCount(), rank);
        GrowerMeeting meeting =
            rank > 0 || job.workers() == 1
                ? null
                : grower.meeting(
                    host,
                    FreePort.of(host, job.firstPort(), job.portCount(), job.workers()),
                    job.workers(),
                    job.silence());
        return new Start(grower, rows, meeting, port, grower.library(), "");
      } catch (IllegalArgumentException | IllegalStateException | LinkageError e) {
        return new Start(null, null, null, 0, "", String.valueOf(e.getMessage()));
      }
    }

    private static BoostingRows rows(TreeJob job, int rank, Iterator<Band> bands) {
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

    @Override
    public void close() {
      if (meeting != null) {
        meeting.close();
      }
    }
  }
}
