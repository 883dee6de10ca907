package io.rankline.model;

import io.rankline.loss.LossObjective;
import io.rankline.model.optimizer.Optimizer;
import io.rankline.model.scorer.Scorer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
 * @param dataType of parameters and activations: FLOAT or DOUBLE
 * @param workspaceMode DL4J's: ENABLED reuses memory from step to step
 */
public record TrainingSettings(
    SortedMap<String, TaskLoss> losses,
    Optimizer optimizer,
    double l1,
    double l2,
    long seed,
    DataType dataType,
    WorkspaceMode workspaceMode) {

  public TrainingSettings {
    losses = Collections.unmodifiableSortedMap(new TreeMap<>(losses));
    List<String> problems = new ArrayList<>();
    if (losses.isEmpty()) {
      problems.add("losses must have at least one entry, got none");
    }
    if (!(l1 >= 0) || Double.isInfinite(l1)) {
      problems.add("l1 must be 0 or more and finite, got " + l1);
    }
    if (!(l2 >= 0) || Double.isInfinite(l2)) {
      problems.add("l2 must be 0 or more and finite, got " + l2);
    }
    if (dataType != DataType.FLOAT && dataType != DataType.DOUBLE) {
      problems.add("data type must be FLOAT or DOUBLE, got " + dataType);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
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

  /** Adds the limits on gradients, which are no part of a network's configuration. */
  public void prepare(ComputationGraph network) {
    if (!optimizer.clipping().isNone()) {
      network.addListeners(optimizer.clipping().listener());
    }
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
  public static final class Builder {

    private final SortedMap<String, TaskLoss> losses = new TreeMap<>();
    private Optimizer optimizer = Optimizer.of("adam");
    private double l1;
    private double l2;
    private long seed = 42;
    private DataType dataType = DataType.FLOAT;
    private WorkspaceMode workspaceMode = WorkspaceMode.ENABLED;

    private Builder() {}

    /** The loss of every task, as {@link LossObjective#parse(String)}. */
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

    /** How parameters follow gradients; Keras's Adam at 0.001 by default. */
    public Builder optimizer(Optimizer chosen) {
      this.optimizer = chosen;
      return this;
    }

    /** Factor of the sum of absolute weights in the loss. */
    public Builder l1(double factor) {
      this.l1 = factor;
      return this;
    }

    /** Factor of the sum of squared weights in the loss. */
    public Builder l2(double factor) {
      this.l2 = factor;
      return this;
    }

    /** Seed of initial parameters, dropout and noise; default 42. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /** Of parameters and activations; default FLOAT. */
    public Builder dataType(DataType dataType) {
      this.dataType = dataType;
      return this;
    }

    /** DL4J's; default ENABLED, which reuses memory from step to step. */
    public Builder workspaceMode(WorkspaceMode mode) {
      this.workspaceMode = mode;
      return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException with everything that is wrong with them
     */
    public TrainingSettings build() {
      if (losses.isEmpty()) {
        loss("softmax_loss");
      }
      return new TrainingSettings(losses, optimizer, l1, l2, seed, dataType, workspaceMode);
    }
  }
}
