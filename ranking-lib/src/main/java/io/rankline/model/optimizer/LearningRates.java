package io.rankline.model.optimizer;

import io.rankline.model.optimizer.rate.LearningRate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The learning rate of a network while it trains, for callbacks like Keras's ReduceLROnPlateau.
 * Changes take effect in the next step, keep the optimizer's state, and are saved with the network.
 */
public final class LearningRates {

  private LearningRates() {}

  /**
   * The learning rate of the network's next step.
   *
   * @throws IllegalStateException if none of its parameters has one
   */
  public static double current(ComputationGraph network) {
    for (IUpdater updater : updaters(network)) {
      return updater.getLearningRate(network.getIterationCount(), network.getEpochCount());
    }
    throw new IllegalStateException("no parameter of the network has a learning rate");
  }

  /** Gives all parameters one constant learning rate, which ends any schedule. */
  public static void set(ComputationGraph network, double learningRate) {
    LearningRate.requireNotNegative("learning_rate", learningRate);
    for (IUpdater updater : updaters(network)) {
      updater.setLrAndSchedule(learningRate, null);
    }
  }

  /** Multiplies all learning rates; schedules go on, scaled. */
  public static void scale(ComputationGraph network, double factor) {
    LearningRate.requireNotNegative("factor", factor);
    for (IUpdater updater : updaters(network)) {
      if (updater instanceof KerasUpdater keras) {
        keras.scaleLearningRate(factor);
      } else {
        double before =
            updater.getLearningRate(network.getIterationCount(), network.getEpochCount());
        updater.setLrAndSchedule(before * factor, null);
      }
    }
  }

  /** Each updater object once: DL4J gives every layer its own, and runs some for many layers. */
  static List<IUpdater> updaters(ComputationGraph network) {
    Set<IUpdater> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<IUpdater> updaters = new ArrayList<>();
    for (Trainable vertex : network.getVertices()) {
      if (vertex.numParams() == 0) {
        continue;
      }
      for (String parameter : vertex.paramTable(false).keySet()) {
        IUpdater updater = vertex.getConfig().getUpdaterByParam(parameter);
        if (updater.hasLearningRate() && seen.add(updater)) {
          updaters.add(updater);
        }
      }
    }
    return updaters;
  }
}
