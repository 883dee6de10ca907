package io.rankline.pipeline.callback;

import io.rankline.io.Folder;
import io.rankline.io.tfrecord.EventFileWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes curves for TensorBoard under {@code logs/train} and {@code logs/validation} of the model's
 * folder.
 *
 * <p>Curves have the names that Keras gives them: {@code epoch_loss} and {@code
 * epoch_metric/ndcg_5} of both, {@code epoch_learning_rate} and {@code batch_loss} of training. Of
 * curves by epoch the first point is at 1, as in the report and the history; {@code batch_loss} is
 * by steps over all epochs. {@code performance/lists_per_second} and {@code
 * performance/input_wait_share} come on top.
 *
 * <p>Readers see each epoch when it ends, and batches as they come. A run that continues from a
 * checkpoint writes new files beside the old ones. On object stores, where a file shows when it is
 * closed, each epoch has files of its own, and batches show with their epoch.
 */
public final class TensorBoard implements Callback {

  private final int stepsBetweenPoints;
  private long lastPoint;
  private @Nullable EventFileWriter training;
  private @Nullable EventFileWriter validation;

  /** Curves by epoch alone. */
  public TensorBoard() {
    this(0);
  }

  /**
   * Curves by epoch and of the loss of batches.
   *
   * @param stepsBetweenPoints every so many steps there is a point, or at the next step that
   *     callbacks see; 0 for none
   */
  public TensorBoard(int stepsBetweenPoints) {
    if (stepsBetweenPoints < 0) {
      throw new IllegalArgumentException(
          "steps between points of TensorBoard's curves must be 0 (none) or more, got "
              + stepsBetweenPoints);
    }
    this.stepsBetweenPoints = stepsBetweenPoints;
  }

  @Override
  public void onStepEnd(TrainingRun run, StepResult step) throws IOException {
    // Not every step is reported, so a multiple may be passed unseen.
    if (stepsBetweenPoints > 0 && step.step() / stepsBetweenPoints > lastPoint) {
      lastPoint = step.step() / stepsBetweenPoints;
      EventFileWriter events = training(run);
      events.write(step.step(), Map.of("batch_loss", step.loss()));
      events.flush();
    }
  }

  @Override
  public void onEpochEnd(TrainingRun run, EpochResult epoch) throws IOException {
    Map<String, Double> ofTraining = new LinkedHashMap<>();
    Map<String, Double> ofValidation = new LinkedHashMap<>();
    epoch
        .logs()
        .forEach(
            (text, value) -> {
              LogName name = LogName.parse(text);
              if (name.isOfValidation()) {
                ofValidation.put("epoch_" + name.value(), value);
              } else {
                ofTraining.put(
                    name.equals(LogName.LEARNING_RATE) ? "epoch_learning_rate" : "epoch_" + text,
                    value);
              }
            });
    ofTraining.put("performance/lists_per_second", epoch.listsPerSecond());
    ofTraining.put("performance/input_wait_share", epoch.waitingShare());
    EventFileWriter events = training(run);
    events.write(epoch.epoch(), ofTraining);
    events.flush();
    if (!ofValidation.isEmpty()) {
      if (validation == null) {
        validation = EventFileWriter.in(logs(run).folder("validation"));
      }
      validation.write(epoch.epoch(), ofValidation);
      validation.flush();
    }
    if (run.modelDir().showsWholeFilesOnly()) {
      close();
    }
  }

  @Override
  public void close() throws IOException {
    EventFileWriter ofTraining = training;
    EventFileWriter ofValidation = validation;
    training = null;
    validation = null;
    try {
      if (ofTraining != null) {
        ofTraining.close();
      }
    } finally {
      if (ofValidation != null) {
        ofValidation.close();
      }
    }
  }

  private EventFileWriter training(TrainingRun run) throws IOException {
    if (training == null) {
      training = EventFileWriter.in(logs(run).folder("train"));
    }
    return training;
  }

  private static Folder logs(TrainingRun run) {
    return run.modelDir().folder("logs");
  }
}
