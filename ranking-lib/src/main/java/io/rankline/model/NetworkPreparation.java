package io.rankline.model;

import io.rankline.model.kernel.Precision;
import io.rankline.model.layer.trained.TrainingPrecision;
import io.rankline.model.optimizer.GradientClipping;
import java.io.Serializable;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * What a training adds to a network that is no part of its configuration.
 *
 * @param clipping limits on gradients
 * @param precision that is multiplied in
 */
public record NetworkPreparation(GradientClipping clipping, TrainingPrecision precision)
    implements Serializable {

  /** No limits, and float32. */
  public static final NetworkPreparation NONE =
      new NetworkPreparation(
          GradientClipping.NONE, new TrainingPrecision(Precision.FLOAT32, false));

  /**
   * Adds it.
   *
   * @throws IllegalArgumentException if a layer does not multiply in that precision
   */
  public void apply(ComputationGraph network) {
    if (!clipping.isNone()) {
      network.addListeners(clipping.listener());
    }
    precision.use(network);
  }
}
