package io.rankline.pipeline.boosting;

import io.rankline.frozen.step.TreeCode;
import io.rankline.frozen.step.Trees;
import io.rankline.loss.LossBatch;
import io.rankline.loss.LossObjective;
import io.rankline.loss.LossResult;
import io.rankline.loss.LossWorkspace;
import io.rankline.loss.Values;
import java.util.Arrays;
import java.util.Objects;

/** Scores of rows by the trees that have grown on them. */
public final class GrownScores {

  private final BoostingRows rows;
  private final TreeCode code;
  private final float[] scores;
  private int trees;

  /** Of no tree yet. */
  public GrownScores(BoostingRows rows, TreeCode code) {
    this.rows = rows;
    this.code = code;
    this.scores = new float[rows.items()];
  }

  /** The scores, as the caller's own. */
  public float[] copy() {
    return scores.clone();
  }

  /** Makes them those of these trees; nothing is computed where they are of so many. */
  public void restore(float[] grown) {
    if (trees != grown.length / code.length()) {
      Arrays.fill(scores, 0);
      trees = 0;
      add(grown);
    }
  }

  /** Adds what trees give. */
  public void add(float[] grown) {
    if (grown.length > 0) {
      Trees.of(code, grown, rows.width()).add(rows.values(), rows.width(), rows.items(), scores);
      trees += grown.length / code.length();
    }
  }

  /** Of all lists together; trees have no smaller batches. */
  public LossResult loss(LossObjective objective) {
    LossWorkspace workspace = new LossWorkspace();
    LossResult all = null;
    for (int q = 0; q < rows.lists(); q++) {
      int from = rows.starts()[q];
      int to = rows.starts()[q + 1];
      LossBatch.Builder list =
          LossBatch.of(1, to - from)
              .labels(Values.of(Arrays.copyOfRange(rows.labels(), from, to), 0))
              .scores(Values.of(Arrays.copyOfRange(scores, from, to), 0))
              .outputs(1);
      if (rows.weights().length > 0) {
        list.listWeights(Values.of(new float[] {rows.weights()[q]}, 0));
      }
      LossResult result = objective.evaluate(list.build(), workspace);
      all = all == null ? result : objective.merge(all, result);
    }
    return Objects.requireNonNull(all);
  }
}
