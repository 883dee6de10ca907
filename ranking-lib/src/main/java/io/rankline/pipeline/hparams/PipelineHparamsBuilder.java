package io.rankline.pipeline.hparams;

import io.rankline.loss.LossObjective;
import io.rankline.loss.LossText;
import io.rankline.loss.Reduction;
import io.rankline.model.kernel.Precision;
import io.rankline.model.optimizer.GradientClipping;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.optimizer.rate.LearningRate;
import io.rankline.text.Draft;
import io.rankline.text.Faults;
import io.rankline.text.FaultsException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects {@link PipelineHparams}. */
public final class PipelineHparamsBuilder {

  private final Draft<PipelineHparams> draft;
  private final Draft<TrainingShortcuts> shortcuts;

  PipelineHparamsBuilder() {
    this(Map.of(), Map.of());
  }

  /** Begins with the values that a text gave, by the names of components. */
  public PipelineHparamsBuilder(
      Map<String, ? extends @Nullable Object> values,
      Map<String, ? extends @Nullable Object> shortcutValues) {
    draft = new Draft<>(PipelineHparams.class, values);
    shortcuts = new Draft<>(TrainingShortcuts.class, shortcutValues);
  }

  /**
   * Any option by its key in a configuration file, with a value as there: {@code option("loss",
   * "softmax_loss")}.
   *
   * @throws IllegalArgumentException if there is no such key, or the option has no such value
   */
  public PipelineHparamsBuilder option(String key, Object value) {
    (shortcuts.has(key) ? shortcuts : draft).option(key, value);
    return this;
  }

  /** Folder of checkpoints, logs, report and exports. */
  public PipelineHparamsBuilder modelDir(String folder) {
    return set("modelDir", folder);
  }

  /** Number of epochs. */
  public PipelineHparamsBuilder numEpochs(int epochs) {
    return set("numEpochs", epochs);
  }

  /** Steps of an epoch. */
  public PipelineHparamsBuilder stepsPerEpoch(long steps) {
    return set("stepsPerEpoch", steps);
  }

  /** Steps of all epochs together, another way to say {@link #stepsPerEpoch}. */
  public PipelineHparamsBuilder numTrainSteps(long steps) {
    shortcuts.set("numTrainSteps", steps);
    return this;
  }

  /** Batches of a validation. */
  public PipelineHparamsBuilder validationSteps(long steps) {
    return set("validationSteps", steps);
  }

  /** The guide's name of {@link #validationSteps}. */
  public PipelineHparamsBuilder numValidSteps(long steps) {
    return validationSteps(steps);
  }

  /**
   * The loss of every task: {@code "softmax_loss"}, {@code "softmax_loss:0.3,..."}, or HOCON with
   * parameters.
   *
   * @throws IllegalArgumentException for what is no loss
   */
  public PipelineHparamsBuilder loss(String specification) {
    return loss(LossText.parse(specification));
  }

  /** The loss of every task. */
  public PipelineHparamsBuilder loss(LossObjective objective) {
    return merge("loss", PerTask.common(objective));
  }

  /**
   * The loss of each task, as {@link #loss(String)} takes them.
   *
   * @throws IllegalArgumentException for what is no loss
   */
  public PipelineHparamsBuilder loss(Map<String, String> byTask) {
    Map<String, LossObjective> parsed = new TreeMap<>();
    byTask.forEach((task, specification) -> parsed.put(task, LossText.parse(specification)));
    return losses(parsed);
  }

  /** The loss of each task. */
  public PipelineHparamsBuilder losses(Map<String, LossObjective> byTask) {
    return merge("loss", PerTask.byTask(byTask));
  }

  /** What losses are divided by. */
  public PipelineHparamsBuilder lossReduction(Reduction reduction) {
    return set("lossReduction", reduction);
  }

  /** Factor of the loss. */
  public PipelineHparamsBuilder lossWeights(double weight) {
    return merge("lossWeights", PerTask.common(weight));
  }

  /** Factor of each task's loss. */
  public PipelineHparamsBuilder lossWeights(Map<String, Double> byTask) {
    return merge("lossWeights", PerTask.byTask(byTask));
  }

  /** The optimizer by name or HOCON, as {@code Optimizer.parse} reads it. */
  public PipelineHparamsBuilder optimizer(String description) {
    return optimizer(Optimizer.parse(description));
  }

  /** The optimizer. */
  public PipelineHparamsBuilder optimizer(Optimizer chosen) {
    return set("optimizer", chosen);
  }

  /** Constant learning rate. */
  public PipelineHparamsBuilder learningRate(double rate) {
    shortcuts.set("learningRate", LearningRate.constant(rate));
    return this;
  }

  /** Learning rate by schedule; it stands before {@link #learningRate}. */
  public PipelineHparamsBuilder lrSchedule(LearningRate schedule) {
    shortcuts.set("lrSchedule", schedule);
    return this;
  }

  /** Limit of the norm of all gradients together. */
  public PipelineHparamsBuilder gradientClipNorm(double limit) {
    shortcuts.set("gradientClipNorm", limit);
    return this;
  }

  /** Factor of the sum of absolute weights in the loss. */
  public PipelineHparamsBuilder l1(double factor) {
    return set("l1", factor);
  }

  /** Factor of the sum of squared weights in the loss. */
  public PipelineHparamsBuilder l2(double factor) {
    return set("l2", factor);
  }

  /** What dense layers multiply in while they train; default float32. */
  public PipelineHparamsBuilder precision(Precision precision) {
    return set("precision", precision);
  }

  /** Whether a training is refused where its precision is not to be had; default false. */
  public PipelineHparamsBuilder precisionRequired(boolean required) {
    return set("precisionRequired", required);
  }

  /** Callbacks see the last of so many steps. */
  public PipelineHparamsBuilder stepsPerExecution(int steps) {
    return set("stepsPerExecution", steps);
  }

  /** Whether a plateau lowers the learning rate. */
  public PipelineHparamsBuilder automaticReduceLr(boolean wanted) {
    return set("automaticReduceLr", wanted);
  }

  /** Epochs without progress after which training ends; 0 for never. */
  public PipelineHparamsBuilder earlyStoppingPatience(int epochs) {
    return set("earlyStoppingPatience", epochs);
  }

  /** Progress that counts. */
  public PipelineHparamsBuilder earlyStoppingMinDelta(double delta) {
    return set("earlyStoppingMinDelta", delta);
  }

  /** Whether validation also reports metrics with the sample weights. */
  public PipelineHparamsBuilder useWeightedMetrics(boolean wanted) {
    return set("useWeightedMetrics", wanted);
  }

  /** Whether the best epoch's model is kept and exported. */
  public PipelineHparamsBuilder exportBestModel(boolean wanted) {
    return set("exportBestModel", wanted);
  }

  /** What is best: {@code loss}, or a metric as {@code ndcg_5} or {@code map}. */
  public PipelineHparamsBuilder bestExporterMetric(String metric) {
    return set("bestExporterMetric", metric);
  }

  /** Whether more of the best exporter's metric is better; the metric says so, too. */
  public PipelineHparamsBuilder bestExporterMetricHigherBetter(boolean higher) {
    return set("bestExporterMetricHigherBetter", higher);
  }

  /** The strategy by TF-Ranking's name. */
  public PipelineHparamsBuilder strategy(@Nullable String name) {
    return set("strategy", name);
  }

  /** One option of the strategy, as {@code num_workers}. */
  public PipelineHparamsBuilder strategyOption(String name, String value) {
    SortedMap<String, Object> all = new TreeMap<>(Map.of(name, value));
    if (draft.get("strategyOptions") instanceof Map<?, ?> before) {
      before.forEach((other, said) -> all.putIfAbsent(String.valueOf(other), said));
    }
    return set("strategyOptions", all);
  }

  /** Steps between checkpoints; 0 for one at the end of every epoch. */
  public PipelineHparamsBuilder checkpointSteps(long steps) {
    return set("checkpointSteps", steps);
  }

  /** Seed of initial parameters, dropout and noise. */
  public PipelineHparamsBuilder seed(long seed) {
    return set("seed", seed);
  }

  /**
   * Folder of an earlier training, or of an exported model, whose parameters a new training starts
   * from, batch norm's statistics among them. Counts of steps, learning rate and the optimizer's
   * state begin again.
   */
  public PipelineHparamsBuilder warmStart(@Nullable String folder) {
    return set("warmStart", folder);
  }

  /**
   * The hyperparameters.
   *
   * @throws IllegalArgumentException with everything that is wrong with them, one fault a line
   */
  public PipelineHparams build() {
    TrainingShortcuts also = shortcuts.build();
    Faults faults = also.numTrainSteps() == null ? Faults.NONE : divideSteps(also.numTrainSteps());
    LearningRate rate = also.lrSchedule() == null ? also.learningRate() : also.lrSchedule();
    if (rate != null) {
      set("optimizer", chosen().withLearningRate(rate));
    }
    if (also.gradientClipNorm() != null) {
      GradientClipping limit = GradientClipping.byGlobalNorm(also.gradientClipNorm());
      set("optimizer", chosen().withClipping(limit));
    }
    PipelineHparams built = null;
    try {
      built = draft.build();
    } catch (FaultsException e) {
      faults = faults.addAll(e.faults());
    }
    faults.orThrow(HparamsException::new);
    return Objects.requireNonNull(built);
  }

  private Optimizer chosen() {
    return draft.get("optimizer") instanceof Optimizer given ? given : Optimizer.of("adam");
  }

  private Faults divideSteps(long all) {
    Object ofEpoch = draft.get("stepsPerEpoch");
    if (ofEpoch != null) {
      return Faults.NONE.add(
          "",
          "one of steps_per_epoch and num_train_steps can be set, got %s and %s"
              .formatted(ofEpoch, all));
    }
    if (!(draft.get("numEpochs") instanceof Integer epochs && epochs > 0)) {
      return Faults.NONE;
    }
    set("stepsPerEpoch", all / epochs);
    return Faults.NONE.addUnless(
        all % epochs == 0,
        "num_train_steps",
        "must be a multiple of num_epochs, %s, got %s",
        epochs,
        all);
  }

  @SuppressWarnings("unchecked") // what a draft holds is of its component's type
  private <T extends Serializable> PipelineHparamsBuilder merge(String component, PerTask<T> more) {
    PerTask<T> before = (PerTask<T>) draft.get(component);
    return set(component, before == null ? more : before.with(more));
  }

  private PipelineHparamsBuilder set(String component, @Nullable Object value) {
    draft.set(component, value);
    return this;
  }
}
