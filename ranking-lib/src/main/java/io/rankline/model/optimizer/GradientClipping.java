package io.rankline.model.optimizer;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.MultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Keras's limits on gradients, of which one can be set.
 *
 * <pre>
 *   clipnorm         g of one variable: g * min(1, clipnorm / ||g||)
 *   global_clipnorm  g of all variables together: g * min(1, global_clipnorm / ||g||)
 *   clipvalue        each entry into [-clipvalue, clipvalue]
 * </pre>
 *
 * <p>A variable is one parameter array of one layer. Running statistics of batch normalisation,
 * which travel as gradients in DL4J, are left out. Penalties of {@link Regularizer} join the
 * gradient after clipping, since DL4J's updater adds them.
 */
public record GradientClipping(
    @Option(above = 0, meaning = "limit of the norm of each variable") @Nullable Double clipnorm,
    @Option(above = 0, meaning = "limit of the norm of all variables together")
        @Nullable Double globalClipnorm,
    @Option(above = 0, meaning = "limit of each entry, on either side of 0")
        @Nullable Double clipvalue)
    implements Serializable {

  /** No limit. */
  public static final GradientClipping NONE = new GradientClipping(null, null, null);

  public GradientClipping {
    long limits = Stream.of(clipnorm, globalClipnorm, clipvalue).filter(Objects::nonNull).count();
    Faults.in(GradientClipping.class, clipnorm, globalClipnorm, clipvalue)
        .addUnless(
            limits <= 1,
            "",
            "at most one of clipnorm, global_clipnorm and clipvalue can be set, got %s, %s and %s",
            clipnorm,
            globalClipnorm,
            clipvalue)
        .orThrow();
  }

  /** The norm of each variable at most {@code limit}. */
  public static GradientClipping byNorm(double limit) {
    return new GradientClipping(limit, null, null);
  }

  /** The norm of all variables together at most {@code limit}. */
  public static GradientClipping byGlobalNorm(double limit) {
    return new GradientClipping(null, limit, null);
  }

  /** Each entry at most {@code limit} away from 0. */
  public static GradientClipping byValue(double limit) {
    return new GradientClipping(null, null, limit);
  }

  /** True if there is no limit. */
  public boolean isNone() {
    return equals(NONE);
  }

  /**
   * What clips in training: give it to the network's listeners. DL4J calls it after the gradient is
   * there and before the updater sees it.
   */
  public TrainingListener listener() {
    return new ClippingListener(this);
  }

  /** Clips the gradient that a network holds, in place. */
  public void apply(Model network) {
    if (isNone()) {
      return;
    }
    List<INDArray> gradients = gradients(network);
    if (clipvalue != null) {
      for (INDArray gradient : gradients) {
        Transforms.max(gradient, -clipvalue, false);
        Transforms.min(gradient, clipvalue, false);
      }
    } else if (clipnorm != null) {
      for (INDArray gradient : gradients) {
        shrink(List.of(gradient), clipnorm);
      }
    } else if (globalClipnorm != null) {
      shrink(gradients, globalClipnorm);
    }
  }

  private static void shrink(List<INDArray> gradients, double limit) {
    double squares = 0;
    for (INDArray gradient : gradients) {
      double norm = gradient.norm2Number().doubleValue();
      squares += norm * norm;
    }
    double norm = Math.sqrt(squares);
    if (norm > limit) {
      for (INDArray gradient : gradients) {
        gradient.muli(limit / norm);
      }
    }
  }

  private static List<INDArray> gradients(Model network) {
    List<INDArray> gradients = new ArrayList<>();
    for (UpdaterBlock block : blocks(network)) {
      if (!(block.getGradientUpdater().getConfig() instanceof NoOp)) {
        for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
          gradients.add(parameter.getGradView());
        }
      }
    }
    return gradients;
  }

  private static List<UpdaterBlock> blocks(Model network) {
    if (network instanceof ComputationGraph graph) {
      return graph.getUpdater().getUpdaterBlocks();
    }
    if (network instanceof MultiLayerNetwork layers
        && layers.getUpdater() instanceof MultiLayerUpdater updater) {
      return updater.getUpdaterBlocks();
    }
    throw new IllegalArgumentException(
        "gradients are clipped in a ComputationGraph or a MultiLayerNetwork, got "
            + network.getClass().getName());
  }
}
