package io.rankline.spark.training.watch;

import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;

/** How far a training is, as the metrics {@code rankline_training.*} of the driver. */
public final class TrainingGauges implements Callback {

  private static final double NANOS = 1e9;

  private volatile int epochs;
  private volatile int epoch;
  private volatile long step;
  private volatile double loss = Double.NaN;
  private volatile double validationLoss = Double.NaN;
  private volatile double listsPerSecond = Double.NaN;
  private volatile double inputShare = Double.NaN;
  private volatile long skippedRecords;
  private volatile long checkpointed = System.nanoTime();

  /** Of one training. */
  public TrainingGauges() {}

  @Override
  public void onTrainBegin(TrainingRun run) {
    epochs = run.epochs();
    epoch = run.finishedEpochs();
    skippedRecords = run.skippedRecords();
    checkpointed = System.nanoTime();
    new DriverSource("rankline_training")
        .with("epochs", () -> epochs)
        .with("epoch", () -> epoch)
        .with("step", () -> step)
        .with("loss", () -> loss)
        .with("validation_loss", () -> validationLoss)
        .with("lists_per_second", () -> listsPerSecond)
        .with("input_share", () -> inputShare)
        .with("skipped_records", () -> skippedRecords)
        .with("checkpoint_age_seconds", () -> (System.nanoTime() - checkpointed) / NANOS)
        .register();
  }

  @Override
  public void onStepEnd(TrainingRun run, StepResult result) {
    step = result.step();
    loss = result.loss();
    skippedRecords = run.skippedRecords();
  }

  @Override
  public void onEpochEnd(TrainingRun run, EpochResult result) {
    epoch = result.epoch();
    loss = result.value("loss").orElse(loss);
    validationLoss = result.value("val_loss").orElse(Double.NaN);
    listsPerSecond = result.listsPerSecond();
    inputShare = result.waitingShare();
  }

  @Override
  public void onCheckpoint(TrainingRun run, long at) {
    checkpointed = System.nanoTime();
  }
}
