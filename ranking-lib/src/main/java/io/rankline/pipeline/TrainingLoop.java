package io.rankline.pipeline;

import io.rankline.io.Folder;
import io.rankline.loss.NonFiniteScoreException;
import io.rankline.model.RankingModel;
import io.rankline.model.optimizer.AveragedParameters;
import io.rankline.model.optimizer.LearningRates;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.LogName;
import io.rankline.pipeline.callback.LogName.Split;
import io.rankline.pipeline.callback.StepResult;
import io.rankline.pipeline.callback.TrainingRun;
import io.rankline.pipeline.checkpoint.Checkpoint;
import io.rankline.pipeline.checkpoint.Checkpoints;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.pipeline.session.EpochTotals;
import io.rankline.pipeline.session.FailedBatch;
import io.rankline.pipeline.session.TrainingSession;
import io.rankline.pipeline.validation.Validation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Epochs of steps, validation, callbacks and checkpoints; continues where an earlier run ended. */
final class TrainingLoop implements TrainingRun {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

  /** What has to survive a restart besides the network and the position. */
  private record Memory(
      String name, Supplier<Map<String, Double>> state, Consumer<Map<String, Double>> restore) {}

  private final RankingModel model;
  private final Folder modelDir;
  private final PipelineHparams hparams;
  private final TrainingSession session;
  private final RankingDataset validation;
  private final Measures measures;
  private final List<Callback> callbacks;
  private final Checkpoints checkpoints;
  private final List<String> changes;
  private final long stepsPerEpoch;
  private final double initialRate;

  private final List<Memory> memories = new ArrayList<>();
  private final TrainingPosition position = new TrainingPosition();
  private String stopReason = "";

  TrainingLoop(
      RankingModel model,
      Folder modelDir,
      PipelineHparams hparams,
      TrainingSession session,
      RankingDataset validation,
      Measures measures,
      List<Callback> callbacks,
      Checkpoints checkpoints,
      List<String> changes)
      throws IOException {
    this.model = model;
    this.modelDir = modelDir;
    this.hparams = hparams;
    this.session = session;
    this.validation = validation;
    this.measures = measures;
    this.callbacks = callbacks;
    this.checkpoints = checkpoints;
    this.changes = changes;
    Long asked = hparams.stepsPerEpoch();
    this.stepsPerEpoch = asked == null ? session.stepsPerPass() : asked;
    this.initialRate = LearningRates.current(model.graph());
    memories.add(new Memory("session", session::state, session::restore));
    for (int place = 0; place < callbacks.size(); place++) {
      Callback callback = callbacks.get(place);
      // Two callbacks of a class are distinguished by their place.
      String name = place + "_" + callback.getClass().getSimpleName();
      memories.add(new Memory(name, callback::state, callback::restore));
    }
  }

  /** Trains until all epochs are done or a callback stops it. */
  void run() throws IOException {
    restore();
    for (Callback callback : callbacks) {
      callback.onTrainBegin(this);
    }
    while (finishedEpochs() < hparams.numEpochs() && stopReason.isEmpty()) {
      trainEpoch();
      INDArray trained = takeAverages();
      EpochResult result = endEpoch();
      modelDir.settle(); // a run that is killed loses what came after one checkpoint, or after two
      for (Callback callback : callbacks) {
        callback.onEpochEnd(this, result);
      }
      if (trained != null) {
        model.graph().params().assign(trained);
      }
      save();
    }
    takeAverages();
    if (!stopReason.isEmpty()) {
      LOG.info("training stopped after epoch {}: {}", finishedEpochs(), stopReason);
    }
    for (Callback callback : callbacks) {
      callback.onTrainEnd(this);
    }
  }

  /**
   * Gives the model the averages of its parameters, where the optimizer keeps some.
   *
   * @return what training goes on from; null where it keeps none
   */
  private @Nullable INDArray takeAverages() {
    Optional<INDArray> averages = AveragedParameters.of(model.graph());
    if (averages.isEmpty()) {
      return null;
    }
    INDArray trained = model.graph().params().dup();
    model.graph().params().assign(averages.get());
    return trained;
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
    return position.finishedEpochs();
  }

  @Override
  public long skippedRecords() {
    return session.skippedRecords();
  }

  @Override
  public List<String> changes() {
    return changes;
  }

  @Override
  public double learningRate() {
    return LearningRates.current(model.graph());
  }

  @Override
  public void setLearningRate(double rate) {
    double factor = rate / learningRate();
    LearningRates.scale(model.graph(), factor);
    position.scaleRate(factor);
  }

  @Override
  public void stop(String reason) {
    stopReason = reason;
  }

  private void trainEpoch() throws IOException {
    while (position.stepOfEpoch() < stepsPerEpoch) {
      long chunk = stepsPerEpoch - position.stepOfEpoch();
      if (hparams.checkpointSteps() > 0) {
        chunk =
            Math.min(
                chunk, hparams.checkpointSteps() - position.step() % hparams.checkpointSteps());
      }
      position.add(session.train(position.step(), chunk, this::onStep));
      FailedBatch.requireFinite(model, position.step(), null);
      if (position.stepOfEpoch() < stepsPerEpoch) {
        modelDir.settle();
        save();
      }
    }
  }

  private void onStep(double loss, int lists, int items) throws IOException {
    position.tookStep();
    long ofEpoch = position.stepOfEpoch();
    if (ofEpoch % hparams.stepsPerExecution() == 0 || ofEpoch == stepsPerEpoch) {
      StepResult result =
          new StepResult(finishedEpochs() + 1, ofEpoch, position.step(), loss, lists, items);
      for (Callback callback : callbacks) {
        callback.onStepEnd(this, result);
      }
    }
  }

  private EpochResult endEpoch() throws IOException {
    long begin = System.nanoTime();
    EpochTotals totals = position.totals();
    Map<String, Double> logs = new LinkedHashMap<>();
    logs.put(LogName.loss(Split.TRAINING).text(), totals.meanLoss());
    validate()
        .addTo(logs, Split.VALIDATION, model.tasks(), model.graph().calcRegularizationScore(true));
    logs.put(LogName.LEARNING_RATE.text(), learningRate());
    Duration validating = Duration.ofNanos(System.nanoTime() - begin);
    position.finishEpoch();
    model.graph().getConfiguration().setEpochCount(finishedEpochs());
    return new EpochResult(
        finishedEpochs(),
        position.step(),
        logs,
        totals.lists(),
        totals.items(),
        totals.training(),
        totals.waiting(),
        validating);
  }

  private Validation validate() throws IOException {
    try {
      return session.evaluate(
          validation,
          hparams.validationSteps(),
          measures.metrics(),
          measures.weightedMetrics(),
          false);
    } catch (NonFiniteScoreException e) {
      throw FailedBatch.ofValidation(position.step(), e);
    }
  }

  private void save() throws IOException {
    Map<String, Map<String, Double>> states = new TreeMap<>();
    for (Memory memory : memories) {
      Map<String, Double> state = memory.state().get();
      if (!state.isEmpty()) {
        states.put(memory.name(), state);
      }
    }
    checkpoints.save(model.graph(), position.describe(hparams.seed(), states));
    for (Callback callback : callbacks) {
      callback.onCheckpoint(this, position.step());
    }
  }

  private void restore() throws IOException {
    Optional<Checkpoint> found = checkpoints.newest();
    if (found.isEmpty()) {
      return;
    }
    Checkpoint checkpoint = found.get();
    checkpoint.restoreInto(model.graph());
    position.restore(checkpoint.state());
    LearningRates.scale(model.graph(), position.rateFactor());
    for (Memory memory : memories) {
      String text = checkpoint.state().callbacks().get(memory.name());
      if (text != null) {
        memory.restore().accept(TextState.values(text));
      }
    }
    LOG.info(
        "goes on from checkpoint {}: {} epochs and {} steps are done (initial learning rate {})",
        checkpoint.name(),
        finishedEpochs(),
        position.step(),
        initialRate);
  }
}
