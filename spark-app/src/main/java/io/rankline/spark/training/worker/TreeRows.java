package io.rankline.spark.training.worker;

import io.rankline.frozen.step.TreeCode;
import io.rankline.pipeline.boosting.BoostingRows;
import io.rankline.pipeline.boosting.GrownScores;
import io.rankline.pipeline.boosting.TreeGrower;
import io.rankline.pipeline.boosting.TreeGrowth;
import io.rankline.spark.training.job.TreeJob;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a worker, with what the library has made of them and the scores of the trees so far.
 * They stay in this process from one stage to the next, until their training ends.
 */
final class TreeRows implements AutoCloseable {

  private static final Kept<TreeRows> KEPT = new Kept<>(Integer.MAX_VALUE, TreeRows::close);

  private final TrainingEnd end;
  private final BoostingRows rows;
  private final GrownScores scores;
  private @Nullable TreeGrowth growth;
  private boolean agreed;
  private String stage = "";

  TreeRows(TreeJob job, BoostingRows rows) {
    this.end = TrainingEnd.of(job.session());
    this.rows = rows;
    this.scores = new GrownScores(rows, new TreeCode(job.options().maxDepth()));
    end.whenOver(TreeRows::endOver);
  }

  /** Those of an earlier stage; null if this process has none. */
  static @Nullable TreeRows take(TreeJob job, int rank) {
    return KEPT.take(job.session().value(), rank);
  }

  /** Keeps them for the next stage. */
  void keep(TreeJob job, int rank, String stage) {
    this.stage = stage;
    KEPT.giveBack(job.session().value(), rank, this);
    if (end.isOver()) {
      endOver();
    }
  }

  private static void endOver() {
    KEPT.endIf(kept -> kept.end.isOver());
  }

  /**
   * Ends those that no worker has taken, when all workers of a stage have theirs: the ones they
   * belong to are on other executors now.
   */
  static void endLeftBehind(String stage) {
    KEPT.endIf(kept -> !kept.stage.equals(stage));
  }

  /** How many this process has that no worker uses. */
  static int idle() {
    return KEPT.idle();
  }

  BoostingRows rows() {
    return rows;
  }

  GrownScores scores() {
    return scores;
  }

  /** Whether trees have grown on them, so that the workers agree on where features are split. */
  boolean agreed() {
    return agreed;
  }

  /** Makes what trees grow on, if it is not there. */
  void prepare(TreeGrower grower, TreeJob job) {
    if (growth == null) {
      growth = grower.begin(rows, job.options(), job.threads());
    }
  }

  /** The next trees. */
  float[] grow(TreeJob job) {
    float[] trees =
        Objects.requireNonNull(growth).grow(scores.copy(), job.rounds(), job.eta(), job.seed());
    agreed = true;
    return trees;
  }

  /** Gives the library's memory back; the rows are still there. */
  @Override
  public void close() {
    agreed = false;
    if (growth != null) {
      growth.close();
      growth = null;
    }
  }
}
