package io.rankline.model;

import io.rankline.data.ListLayout;
import io.rankline.loss.LossObjective;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What one task of a model is trained for.
 *
 * @param objective the loss
 * @param weight factor of the loss in the sum over tasks, finite and not below 0
 * @param label the label column it is held against; null for the column of the task's name, or the
 *     only one there is
 */
public record TaskLoss(LossObjective objective, double weight, @Nullable String label)
    implements Serializable {

  public TaskLoss {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "the weight of a task must be 0 or more and finite, got " + weight);
    }
  }

  /** An objective of weight 1 against the label of the task's name, or the only one. */
  public static TaskLoss of(LossObjective objective) {
    return new TaskLoss(objective, 1, null);
  }

  /** Number of scores that an item has: 1 but for losses that ask for more. */
  public int scoresOfItem() {
    return objective.outputs();
  }

  /**
   * The place of its label among the labels of a list.
   *
   * @param task its name
   * @throws IllegalArgumentException if the label is not there
   */
  public int labelColumn(ListLayout layout, String task) {
    return LabelColumns.index(layout.labels(), task, label);
  }
}
