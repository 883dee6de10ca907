package io.rankline.pipeline;

import io.rankline.pipeline.checkpoint.CheckpointState;
import io.rankline.pipeline.session.EpochTotals;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a training stands. */
final class TrainingPosition {

  /** Key of the sums of an epoch under way among the states. */
  private static final String TOTALS = "epoch_totals";

  private int finishedEpochs;
  private long step;
  private long stepOfEpoch;
  private double rateFactor = 1;
  private EpochTotals totals = EpochTotals.NONE;

  /** Number of epochs that are finished. */
  int finishedEpochs() {
    return finishedEpochs;
  }

  /** Number of steps so far, over all epochs and runs. */
  long step() {
    return step;
  }

  /** Number of steps of the epoch that is under way; 0 between epochs. */
  long stepOfEpoch() {
    return stepOfEpoch;
  }

  /** What callbacks have made of the learning rate. */
  double rateFactor() {
    return rateFactor;
  }

  /** Sums of the epoch that is under way. */
  EpochTotals totals() {
    return totals;
  }

  void scaleRate(double factor) {
    rateFactor *= factor;
  }

  void tookStep() {
    step++;
    stepOfEpoch++;
  }

  void add(EpochTotals steps) {
    totals = totals.plus(steps);
  }

  void finishEpoch() {
    finishedEpochs++;
    stepOfEpoch = 0;
    totals = EpochTotals.NONE;
  }

  /**
   * As a checkpoint keeps it.
   *
   * @param states of others, by name
   */
  CheckpointState describe(long seed, Map<String, Map<String, Double>> states) {
    SortedMap<String, String> texts = new TreeMap<>();
    texts.put(TOTALS, TextState.of(totals));
    states.forEach((name, state) -> texts.put(name, TextState.of(state)));
    return new CheckpointState(finishedEpochs, step, stepOfEpoch, seed, rateFactor, texts);
  }

  /** Goes on from a checkpoint. */
  void restore(CheckpointState state) {
    finishedEpochs = state.epoch();
    step = state.step();
    stepOfEpoch = state.stepOfEpoch();
    rateFactor = state.learningRateFactor();
    String sums = state.callbacks().get(TOTALS);
    if (sums != null) {
      totals = TextState.totals(sums);
    }
  }
}
