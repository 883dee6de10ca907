package io.rankline.pipeline;

/**
 * Looks on while a model is trained, and may stop it or change its learning rate.
 *
 * <p>A callback that throws ends the training. Callbacks are called in their order, on the thread
 * that trains.
 */
public interface Callback {

  /** Before the first step of this run. */
  default void onTrainBegin(TrainingRun run) {}

  /** After a step. */
  default void onStepEnd(TrainingRun run, StepResult step) {}

  /** After the validation of an epoch. */
  default void onEpochEnd(TrainingRun run, EpochResult epoch) {}

  /** After the last epoch, or when training was stopped; not after a failure. */
  default void onTrainEnd(TrainingRun run) {}
}
