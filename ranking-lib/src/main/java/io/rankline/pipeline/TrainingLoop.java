package io.rankline.pipeline;

import io.rankline.io.Folder;
import io.rankline.loss.NonFiniteScoreException;
import io.rankline.metric.RankingMetric;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import io.rankline.model.optimizer.LearningRates;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.pipeline.checkpoint.Checkpoint;
import io.rankline.pipeline.checkpoint.CheckpointState;
import io.rankline.pipeline.checkpoint.Checkpoints;
import io.rankline.pipeline.dataset.RankingDataset;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.session.EpochTotals;
import io.rankline.pipeline.session.FailedBatch;
import io.rankline.pipeline.session.TrainingSession;
import io.rankline.pipeline.validation.Validation;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Epochs of steps, validation, callbacks and checkpoints; goes on where an earlier run ended. */
final class TrainingLoop implements TrainingRun {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

  /** Key of the sums of an epoch under way among the callbacks' states. */
  private static final String TOTALS = "epoch_totals";

  /** Key of the session's state among those of the callbacks. */
  private static final String SESSION = "session";

  private final RankingModel model;
  private final Folder modelDir;
  private final PipelineHparams hparams;
  private final TrainingSession session;
  private final RankingDataset validation;
  private final List<RankingMetric> metrics;
  private final List<RankingMetric> weightedMetrics;
  private final List<Callback> callbacks;
  private final Checkpoints checkpoints;
  private final long stepsPerEpoch;
  private final double initialRate;

  private int finishedEpochs;
  private long step;
  private long stepOfEpoch;
  private double rateFactor = 1;
  private EpochTotals totals = EpochTotals.NONE;
  private String stopReason = "";

  TrainingLoop(
      RankingModel model,
      Folder modelDir,
      PipelineHparams hparams,
      TrainingSession session,
      RankingDataset validation,
      List<RankingMetric> metrics,
      List<RankingMetric> weightedMetrics,
      List<Callback> callbacks,
      Checkpoints checkpoints)
      throws IOException {
    this.model = model;
    this.modelDir = modelDir;
    this.hparams = hparams;
    this.session = session;
    this.validation = validation;
    this.metrics = metrics;
    this.weightedMetrics = weightedMetrics;
    this.callbacks = callbacks;
    this.checkpoints = checkpoints;
    Long asked = hparams.stepsPerEpoch();
    this.stepsPerEpoch = asked == null ? session.stepsPerPass() : asked;
    this.initialRate = LearningRates.current(model.graph());
  }

  /** Trains until all epochs are done or a callback stops it. */
  void run() throws IOException {
    restore();
    for (Callback callback : callbacks) {
      callback.onTrainBegin(this);
    }
    while (finishedEpochs < hparams.numEpochs() && stopReason.isEmpty()) {
      trainEpoch();
      EpochResult result = endEpoch();
      for (Callback callback : callbacks) {
        callback.onEpochEnd(this, result);
      }
      save();
    }
    if (!stopReason.isEmpty()) {
      LOG.info("training stopped after epoch {}: {}", finishedEpochs, stopReason);
    }
    for (Callback callback : callbacks) {
      callback.onTrainEnd(this);
    }
  }

  /** Why a callback stopped the training; empty if none did. */
  String stopReason() {
    return stopReason;
  }

  @Override
  public RankingModel model() {
    return model;
  }

  @Override
  public Folder modelDir() {
    return modelDir;
  }

  @Override
  public int epochs() {
    return hparams.numEpochs();
  }

  @Override
  public long stepsPerEpoch() {
    return stepsPerEpoch;
  }

  @Override
  public int finishedEpochs() {
    return finishedEpochs;
  }

  @Override
  public double learningRate() {
    return LearningRates.current(model.graph());
  }

  @Override
  public void setLearningRate(double rate) {
    double factor = rate / learningRate();
    LearningRates.scale(model.graph(), factor);
    rateFactor *= factor;
  }

  @Override
  public void stop(String reason) {
    stopReason = reason;
  }

  private void trainEpoch() throws IOException {
    while (stepOfEpoch < stepsPerEpoch) {
      long chunk = stepsPerEpoch - stepOfEpoch;
      if (hparams.checkpointSteps() > 0) {
        chunk = Math.min(chunk, hparams.checkpointSteps() - step % hparams.checkpointSteps());
      }
      totals = totals.plus(session.train(step, chunk, this::onStep));
      FailedBatch.requireFinite(model, step, null);
      if (stepOfEpoch < stepsPerEpoch) {
        save();
      }
    }
  }

  private void onStep(double loss, int lists, int items) throws IOException {
    step++;
    stepOfEpoch++;
    if (stepOfEpoch % hparams.stepsPerExecution() == 0 || stepOfEpoch == stepsPerEpoch) {
      StepResult result = new StepResult(finishedEpochs + 1, stepOfEpoch, step, loss, lists, items);
      for (Callback callback : callbacks) {
        callback.onStepEnd(this, result);
      }
    }
  }

  private EpochResult endEpoch() throws IOException {
    long begin = System.nanoTime();
    Map<String, Double> logs = new LinkedHashMap<>();
    logs.put("loss", totals.meanLoss());
    validate().addTo(logs, "val_", taskWeights(model), model.graph().calcRegularizationScore(true));
    logs.put("lr", learningRate());
    Duration validating = Duration.ofNanos(System.nanoTime() - begin);
    finishedEpochs++;
    model.graph().getConfiguration().setEpochCount(finishedEpochs);
    EpochResult result =
        new EpochResult(
            finishedEpochs,
            step,
            logs,
            totals.lists(),
            totals.items(),
            totals.training(),
            totals.waiting(),
            validating);
    stepOfEpoch = 0;
    totals = EpochTotals.NONE;
    return result;
  }

  private Validation validate() throws IOException {
    try {
      return session.evaluate(
          validation, hparams.validationSteps(), metrics, weightedMetrics, false);
    } catch (NonFiniteScoreException e) {
      throw FailedBatch.ofValidation(step, e);
    }
  }

  static Map<String, Double> taskWeights(RankingModel model) {
    Map<String, Double> weights = new HashMap<>();
    for (Map.Entry<String, TaskLoss> task : model.tasks().entrySet()) {
      weights.put(task.getKey(), task.getValue().weight());
    }
    return weights;
  }

  private void save() throws IOException {
    SortedMap<String, String> states = new TreeMap<>();
    states.put(TOTALS, TextState.of(totals));
    Map<String, Double> ofSession = session.state();
    if (!ofSession.isEmpty()) {
      states.put(SESSION, TextState.of(ofSession));
    }
    for (int k = 0; k < callbacks.size(); k++) {
      Map<String, Double> state = callbacks.get(k).state();
      if (!state.isEmpty()) {
        states.put(nameOf(k), TextState.of(state));
      }
    }
    checkpoints.save(
        model.graph(),
        new CheckpointState(finishedEpochs, step, stepOfEpoch, hparams.seed(), rateFactor, states));
  }

  private void restore() throws IOException {
    Optional<Checkpoint> found = checkpoints.newest();
    if (found.isEmpty()) {
      return;
    }
    CheckpointState state = found.get().state();
    found.get().restoreInto(model.graph());
    finishedEpochs = state.epoch();
    step = state.step();
    stepOfEpoch = state.stepOfEpoch();
    rateFactor = state.learningRateFactor();
    LearningRates.scale(model.graph(), rateFactor);
    String sums = state.callbacks().get(TOTALS);
    if (sums != null) {
      totals = TextState.totals(sums);
    }
    String ofSession = state.callbacks().get(SESSION);
    if (ofSession != null) {
      session.restore(TextState.values(ofSession));
    }
    for (int k = 0; k < callbacks.size(); k++) {
      String text = state.callbacks().get(nameOf(k));
      if (text != null) {
        callbacks.get(k).restore(TextState.values(text));
      }
    }
    LOG.info(
        "goes on from checkpoint {}: {} epochs and {} steps are done (initial learning rate {})",
        found.get().name(),
        finishedEpochs,
        step,
        initialRate);
  }

  /** Two callbacks of a class are told apart by their place. */
  private String nameOf(int place) {
    return place + "_" + callbacks.get(place).getClass().getSimpleName();
  }
}
