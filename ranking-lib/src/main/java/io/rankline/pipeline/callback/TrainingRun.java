package io.rankline.pipeline.callback;

import io.rankline.io.Folder;
import io.rankline.model.RankingModel;
import java.util.List;

/** A training in progress, as callbacks see it. */
public interface TrainingRun {

  /** The model that is trained. */
  RankingModel model();

  /** The folder of the run's artefacts. */
  Folder modelDir();

  /** Number of epochs asked for. */
  int epochs();

  /** Number of steps of an epoch. */
  long stepsPerEpoch();

  /** Number of epochs that an earlier run had finished before it was interrupted; 0 for none. */
  int finishedEpochs();

  /**
   * What has changed of the data since the earlier run, a sentence each; empty for a training that
   * begins.
   */
  default List<String> changes() {
    return List.of();
  }

  /** Damaged records of the training data that were left out so far. */
  default long skippedRecords() {
    return 0;
  }

  /** The learning rate of the next step. */
  double learningRate();

  /** Sets the learning rate; a schedule is scaled so that its next value is this. */
  void setLearningRate(double rate);

  /**
   * Ends training after the current epoch; before the first step, no step is taken.
   *
   * @param reason for the log and the report
   */
  void stop(String reason);
}
