package io.rankline.pipeline;

import io.rankline.loss.LossObjective;
import io.rankline.loss.LossText;
import io.rankline.model.TaskLoss;
import io.rankline.model.TrainingSettings;
import io.rankline.model.kernel.Precision;
import io.rankline.model.scorer.Scorer;
import io.rankline.pipeline.checkpoint.ModelIdentity;
import io.rankline.pipeline.hparams.PerTask;
import io.rankline.pipeline.hparams.PipelineHparams;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a training minimises, and what of it a later run may not change.
 *
 * @param labels label of each task by its name; empty for one task without a name
 */
record TrainingPlan(SortedMap<String, String> labels) {

  /** The losses of the tasks by their names, as far as labels and losses tell them. */
  SortedMap<String, LossObjective> byTask(PerTask<LossObjective> losses) {
    return losses.ofEach(labels.isEmpty() ? Set.of(Scorer.SINGLE_TASK) : labels.keySet());
  }

  /** What the model is built to minimise. */
  TrainingSettings settings(PipelineHparams hparams, PerTask<LossObjective> losses) {
    TrainingSettings.Builder settings =
        TrainingSettings.builder()
            .optimizer(hparams.optimizer())
            .l1(hparams.l1())
            .l2(hparams.l2())
            .seed(hparams.seed())
            .precision(hparams.precision());
    byTask(losses)
        .forEach(
            (task, built) -> {
              // A run that is killed and started again has to draw what it would have drawn.
              LossObjective objective = built.seeded(hparams.seed());
              settings.loss(
                  task, new TaskLoss(objective, hparams.lossWeight(task), labels.get(task)));
            });
    return settings.build();
  }

  /** What a resumed training may not change, besides its network. */
  static SortedMap<String, String> identity(PipelineHparams hparams) {
    SortedMap<String, String> identity = new TreeMap<>();
    PerTask<String> losses = hparams.loss().map(LossText::shortest);
    if (losses.common() != null) {
      identity.put(ModelIdentity.LOSS, losses.common());
    }
    losses.byTask().forEach((task, loss) -> identity.put(ModelIdentity.LOSS + " of " + task, loss));
    identity.put("loss_reduction", hparams.lossReduction().wireName());
    identity.put("optimizer", hparams.optimizer().render());
    if (hparams.precision() != Precision.FLOAT32) {
      // Checkpoints from before there was a choice have nothing here.
      identity.put("precision", hparams.precision().wireName());
    }
    identity.put("seed", Long.toString(hparams.seed()));
    if (hparams.stepsPerEpoch() != null) {
      identity.put("steps_per_epoch", Long.toString(hparams.stepsPerEpoch()));
    }
    return identity;
  }
}
