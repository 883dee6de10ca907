package io.rankline.model.optimizer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rates of a network's updaters, so that a copy of the network has them too.
 *
 * <p>A DL4J updater with a schedule of DL4J's own gives the rate of the network's present step.
 *
 * @param rates in the order of the network's parameters
 */
public record RateSettings(List<Rate> rates) implements Serializable {

  /** The rate of one updater. */
  public record Rate(double learningRate, @Nullable ISchedule schedule) implements Serializable {}

  public RateSettings {
    rates = new ArrayList<>(rates);
  }

  /** Of a network as it stands. */
  public static RateSettings of(ComputationGraph network) {
    int iteration = network.getIterationCount();
    int epoch = network.getEpochCount();
    return new RateSettings(
        LearningRates.updaters(network).stream()
            .map(
                updater ->
                    updater instanceof KerasUpdater keras
                        ? new Rate(keras.learningRate(), keras.schedule())
                        : new Rate(updater.getLearningRate(iteration, epoch), null))
            .toList());
  }

  /**
   * Gives them to a network of the same layers.
   *
   * @throws IllegalArgumentException for a network with more or fewer updaters
   */
  public void applyTo(ComputationGraph network) {
    List<IUpdater> updaters = LearningRates.updaters(network);
    if (updaters.size() != rates.size()) {
      throw new IllegalArgumentException(
          "the network has %s updaters, there are learning rates for %s"
              .formatted(updaters.size(), rates.size()));
    }
    for (int k = 0; k < rates.size(); k++) {
      Rate rate = rates.get(k);
      updaters.get(k).setLrAndSchedule(rate.learningRate(), rate.schedule());
    }
  }
}
