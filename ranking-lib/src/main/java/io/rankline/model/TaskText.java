package io.rankline.model;

import io.rankline.loss.LossForm;
import io.rankline.loss.LossObjective;
import io.rankline.model.scorer.Scorer;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/** One task of a {@link ModelDescription} in text. */
record TaskText(
    @Option(fallback = Scorer.SINGLE_TASK, meaning = "name of the task") String task,
    @Option(key = "loss", form = LossForm.class, meaning = "what is minimised")
        LossObjective objective,
    @Option(fallback = "1", meaning = "factor of the loss") double weight,
    @Option(meaning = "name of the label") @Nullable String label) {

  static TaskText of(String task, TaskLoss loss) {
    return new TaskText(task, loss.objective(), loss.weight(), loss.label());
  }

  TaskLoss loss() {
    return new TaskLoss(objective, weight, label);
  }
}
