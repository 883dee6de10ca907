package io.rankline.model;

import io.rankline.loss.LossObjective;
import io.rankline.model.kernel.Precision;
import io.rankline.model.layer.trained.TrainingPrecision;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.optimizer.OptimizerForm;
import io.rankline.model.scorer.Scorer;
import io.rankline.text.Faults;
import io.rankline.text.FaultsException;
import io.rankline.text.Option;
import io.rankline.text.RecordBuilder;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * How a model is trained.
 *
 * @param losses by task; a single entry under {@link Scorer#SINGLE_TASK} holds for every task of
 *     the model
 * @param optimizer how parameters follow gradients
 * @param l1 factor of the sum of absolute weights in the loss, 0 or more
 * @param l2 factor of the sum of squared weights in the loss, 0 or more (Keras's l2: gradient 2 l2
 *     w)
 * @param seed of initial parameters, dropout and noise
 * @param precision of products in training, where this processor has it
 * @param dataType of parameters and activations: FLOAT or DOUBLE
 * @param workspaceMode DL4J's: ENABLED reuses memory from step to step
 */
public record TrainingSettings(
    @Option(inText = false, filled = "must have at least one entry")
        SortedMap<String, TaskLoss> losses,
    @Option(fallback = "adam", form = OptimizerForm.class) Optimizer optimizer,
    @Option(key = "l1", fallback = "0", least = 0) double l1,
    @Option(key = "l2", fallback = "0", least = 0) double l2,
    @Option(fallback = "42") long seed,
    @Option(fallback = "float32") Precision precision,
    @Option(key = "data type", fallback = "float") DataType dataType,
    @Option(fallback = "enabled") WorkspaceMode workspaceMode) {

  public TrainingSettings {
    losses = Collections.unmodifiableSortedMap(new TreeMap<>(losses));
    Faults.in(
            TrainingSettings.class,
            losses,
            optimizer,
            l1,
            l2,
            seed,
            precision,
            dataType,
            workspaceMode)
        .addUnless(
            dataType == DataType.FLOAT || dataType == DataType.DOUBLE,
            "data type",
            "must be FLOAT or DOUBLE, got %s",
            dataType)
        .orThrow(FaultsException::onOneLine);
  }

  /** Softmax loss and Adam at learning rate 0.001, in float, without regularisation. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The loss of a task.
   *
   * @throws IllegalArgumentException if there is none for it
   */
  TaskLoss lossOf(String task) {
    TaskLoss loss = losses.get(task);
    if (loss == null && losses.size() == 1) {
      loss = losses.get(Scorer.SINGLE_TASK);
    }
    if (loss == null) {
      throw new IllegalArgumentException(
          "task '%s' of the model has no loss; losses are given for %s"
              .formatted(task, losses.keySet()));
    }
    return loss;
  }

  /** Adds what is no part of a network's configuration. */
  void prepare(ComputationGraph network) {
    new NetworkPreparation(optimizer.clipping(), new TrainingPrecision(precision, false))
        .apply(network);
  }

  /**
   * Refuses losses for tasks that the model does not have.
   *
   * @throws IllegalArgumentException naming them
   */
  void requireTasks(Set<String> tasks) {
    for (String task : losses.keySet()) {
      if (!tasks.contains(task) && !(losses.size() == 1 && task.equals(Scorer.SINGLE_TASK))) {
        throw new IllegalArgumentException(
            "a loss is given for task '%s', but the model has the tasks %s".formatted(task, tasks));
      }
    }
  }

  /** Collects the settings. */
  public static final class Builder extends RecordBuilder<TrainingSettings, Builder> {

    private final SortedMap<String, TaskLoss> losses = new TreeMap<>();

    private Builder() {
      super(TrainingSettings.class);
    }

    /** The loss of every task, as {@link LossObjective#parse(String)} reads it. */
    public Builder loss(String specification) {
      return loss(LossObjective.parse(specification));
    }

    /** The loss of every task. */
    public Builder loss(LossObjective objective) {
      return loss(Scorer.SINGLE_TASK, TaskLoss.of(objective));
    }

    /** The loss of one task. */
    public Builder loss(String task, TaskLoss loss) {
      losses.put(task, loss);
      return this;
    }

    /** How parameters follow gradients; default Keras's Adam at 0.001. */
    public Builder optimizer(Optimizer chosen) {
      return set("optimizer", chosen);
    }

    /** Factor of the sum of absolute weights in the loss. */
    public Builder l1(double factor) {
      return set("l1", factor);
    }

    /** Factor of the sum of squared weights in the loss. */
    public Builder l2(double factor) {
      return set("l2", factor);
    }

    /** Seed of initial parameters, dropout and noise; default 42. */
    public Builder seed(long seed) {
      return set("seed", seed);
    }

    /** Of products in training, where this processor has it; default float32. */
    public Builder precision(Precision precision) {
      return set("precision", precision);
    }

    /** Of parameters and activations; default FLOAT. */
    public Builder dataType(DataType dataType) {
      return set("dataType", dataType);
    }

    /** DL4J's; default ENABLED, which reuses memory from step to step. */
    public Builder workspaceMode(WorkspaceMode mode) {
      return set("workspaceMode", mode);
    }

    @Override
    public TrainingSettings build() {
      if (losses.isEmpty()) {
        loss("softmax_loss");
      }
      set("losses", losses);
      return super.build();
    }
  }
}
