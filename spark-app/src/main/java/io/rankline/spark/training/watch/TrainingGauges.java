package io.rankline.spark.training.watch;

import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.Monitor;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * How far a training is, as the metrics {@code rankline_training.*} of the driver, beside another
 * way to show it.
 */
public final class TrainingGauges implements Callback {

  private static final double NANOS = 1e9;

  private final Callback shown;
  private volatile int epochs;
  private volatile int epoch;
  private volatile long step;
  private volatile double loss = Double.NaN;
  private volatile double validationLoss = Double.NaN;
  private volatile double listsPerSecond = Double.NaN;
  private volatile double inputShare = Double.NaN;
  private volatile long checkpointed = System.nanoTime();

  /**
   * Of one training.
   *
   * @param shown is called as well
   */
  public TrainingGauges(Callback shown) {
    this.shown = shown;
  }

  @Override
  public void onTrainBegin(TrainingRun run) throws IOException {
    epochs = run.epochs();
    epoch = run.finishedEpochs();
    checkpointed = System.nanoTime();
    new DriverSource("rankline_training")
        .with("epochs", () -> epochs)
        .with("epoch", () -> epoch)
        .with("step", () -> step)
        .with("loss", () -> loss)
        .with("validation_loss", () -> validationLoss)
        .with("lists_per_second", () -> listsPerSecond)
        .with("input_share", () -> inputShare)
        .with("checkpoint_age_seconds", () -> (System.nanoTime() - checkpointed) / NANOS)
        .register();
    shown.onTrainBegin(run);
  }

  @Override
  public void onStepEnd(TrainingRun run, StepResult result) throws IOException {
    step = result.step();
    loss = result.loss();
    shown.onStepEnd(run, result);
  }

  @Override
  public void onEpochEnd(TrainingRun run, EpochResult result) throws IOException {
    epoch = result.epoch();
    loss = result.value("loss").orElse(loss);
    validationLoss = result.value("val_loss").orElse(Double.NaN);
    listsPerSecond = result.listsPerSecond();
    inputShare = result.waitingShare();
    shown.onEpochEnd(run, result);
  }

  @Override
  public void onCheckpoint(TrainingRun run, long at) throws IOException {
    checkpointed = System.nanoTime();
    shown.onCheckpoint(run, at);
  }

  @Override
  public void onTrainEnd(TrainingRun run) throws IOException {
    shown.onTrainEnd(run);
  }

  @Override
  public Map<String, Double> state() {
    return shown.state();
  }

  @Override
  public void restore(Map<String, Double> state) {
    shown.restore(state);
  }

  @Override
  public Optional<Monitor> monitored() {
    return shown.monitored();
  }

  @Override
  public void close() throws IOException {
    shown.close();
  }
}
