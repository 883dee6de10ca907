package io.rankline.pipeline.replica;

import io.rankline.model.optimizer.RateSettings;
import io.rankline.text.Sha256;
import java.io.Serializable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Everything of a network that training changes, so that a copy continues as the network would.
 *
 * @param parameters all of them, running statistics included
 * @param updaterState moments and the like; empty where the updater has none
 * @param iteration number of steps taken
 * @param epoch number of epochs done
 * @param rates learning rates, schedules included
 */
public record ModelState(
    float[] parameters, float[] updaterState, int iteration, int epoch, RateSettings rates)
    implements Serializable {

  /** Of a network as it stands. */
  public static ModelState of(ComputationGraph graph) {
    INDArray state = graph.getUpdater(true).getUpdaterStateViewArray();
    return new ModelState(
        floats(graph.params()),
        state == null ? new float[0] : floats(state),
        graph.getConfiguration().getIterationCount(),
        graph.getConfiguration().getEpochCount(),
        RateSettings.of(graph));
  }

  /**
   * Gives it to a network of the same layers.
   *
   * @throws IllegalArgumentException for a network of another size
   */
  public void restoreInto(ComputationGraph graph) {
    assign("parameters", graph.params(), parameters);
    assign(
        "values of the updater", graph.getUpdater(true).getUpdaterStateViewArray(), updaterState);
    graph.getConfiguration().setIterationCount(iteration);
    graph.getConfiguration().setEpochCount(epoch);
    rates.applyTo(graph);
  }

  /** SHA-256 of parameters and updater state: equal on replicas that are equal to the bit. */
  public String digest() {
    return new Sha256().add(parameters).add(updaterState).hex();
  }

  private static float[] floats(INDArray array) {
    return array.reshape(array.length()).toFloatVector();
  }

  private static void assign(String what, @Nullable INDArray target, float[] values) {
    long length = target == null ? 0 : target.length();
    if (length != values.length) {
      throw new IllegalArgumentException(
          "the network has %s %s, the state has %s".formatted(length, what, values.length));
    }
    if (target != null) {
      try (INDArray copy = Nd4j.createFromArray(values)) {
        target.assign(copy.reshape(target.shape()));
      }
    }
  }
}
