package io.rankline.pipeline.hparams;

import io.rankline.model.optimizer.rate.LearningRate;
import io.rankline.model.optimizer.rate.LearningRateForm;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/** Other ways to say some of the {@link PipelineHparams}. */
public record TrainingShortcuts(
    @Option(meaning = "steps of all epochs together, another way to say steps_per_epoch")
        @Nullable Long numTrainSteps,
    @Option(form = LearningRateForm.class, meaning = "learning rate of the optimizer")
        @Nullable LearningRate learningRate,
    @Option(form = LearningRateForm.class, meaning = "the same; it stands before learning_rate")
        @Nullable LearningRate lrSchedule,
    @Option(
            above = 0,
            meaning =
                "limit of the norm of all gradients together, in place of the optimizer's limits")
        @Nullable Double gradientClipNorm) {

  public TrainingShortcuts {
    Faults.in(TrainingShortcuts.class, numTrainSteps, learningRate, lrSchedule, gradientClipNorm)
        .orThrow(HparamsException::new);
  }
}
