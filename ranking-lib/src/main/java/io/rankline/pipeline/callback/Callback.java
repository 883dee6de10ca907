package io.rankline.pipeline.callback;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Looks on while a model is trained, and may stop it or change its learning rate.
 *
 * <p>A callback that throws ends the training. Callbacks are called in their order, on the thread
 * that trains. An instance serves one training.
 *
 * <p>What a callback remembers from epoch to epoch goes into the checkpoint as its {@link #state};
 * a training that continues from there hands it to {@link #restore}, so that it ends as if it had
 * never been interrupted.
 */
public interface Callback extends Closeable {

  /**
   * What must survive a restart, as of the last epoch; empty for a callback that remembers nothing.
   * Values may be infinite or NaN.
   */
  default Map<String, Double> state() {
    return Map.of();
  }

  /**
   * Takes up where another instance has left off; called before {@link #onTrainBegin}, and only
   * where a checkpoint has a state.
   *
   * @param state what that instance's {@link #state} gave
   */
  default void restore(Map<String, Double> state) {}

  /**
   * The value of each epoch that this looks at, where there is one; a training whose epochs have no
   * such value is refused before its first step.
   */
  default Optional<Monitor> monitored() {
    return Optional.empty();
  }

  /** Before the first step of this run. */
  default void onTrainBegin(TrainingRun run) throws IOException {}

  /** After a step. */
  default void onStepEnd(TrainingRun run, StepResult step) throws IOException {}

  /** After the validation of an epoch, before its checkpoint is written. */
  default void onEpochEnd(TrainingRun run, EpochResult epoch) throws IOException {}

  /**
   * After a checkpoint was made, within an epoch or at its end. It may still be on its way to the
   * disk; who looks into {@link TrainingRun#modelDir} finds it.
   *
   * @param step of the checkpoint, over all epochs and runs
   */
  default void onCheckpoint(TrainingRun run, long step) throws IOException {}

  /** After the last epoch, or when training was stopped; not after a failure. */
  default void onTrainEnd(TrainingRun run) throws IOException {}

  /** Lets go of files and terminals; called last, after a failure too. */
  @Override
  default void close() throws IOException {}
}
