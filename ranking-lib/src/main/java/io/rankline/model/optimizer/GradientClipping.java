package io.rankline.model.optimizer;

import io.rankline.data.Section;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 *
 * @param clipnorm above 0, null for none
 * @param globalClipnorm above 0, null for none
 * @param clipvalue above 0, null for none
 */
public record GradientClipping(
    @Nullable Double clipnorm, @Nullable Double globalClipnorm, @Nullable Double clipvalue)
    implements Serializable {

  /** No limit. */
  public static final GradientClipping NONE = new GradientClipping(null, null, null);

  public GradientClipping {
    Map<String, @Nullable Double> limits = new HashMap<>();
    limits.put("clipnorm", clipnorm);
    limits.put("global_clipnorm", globalClipnorm);
    limits.put("clipvalue", clipvalue);
    limits.values().removeIf(limit -> limit == null);
    if (limits.size() > 1) {
      throw new IllegalArgumentException(
          "at most one of clipnorm, global_clipnorm and clipvalue can be set, got %s, %s and %s"
              .formatted(clipnorm, globalClipnorm, clipvalue));
    }
    limits.forEach((name, limit) -> LearningRate.requirePositive(name, limit == null ? 1 : limit));
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

  static GradientClipping read(Section section) {
    Double clipnorm = limit(section, "clipnorm");
    Double globalClipnorm = limit(section, "global_clipnorm");
    Double clipvalue = limit(section, "clipvalue");
    try {
      return new GradientClipping(clipnorm, globalClipnorm, clipvalue);
    } catch (IllegalArgumentException e) {
      section.fault(String.valueOf(e.getMessage()));
      return NONE;
    }
  }

  Map<String, Object> options() {
    Map<String, Object> options = new HashMap<>();
    if (clipnorm != null) {
      options.put("clipnorm", clipnorm);
    }
    if (globalClipnorm != null) {
      options.put("global_clipnorm", globalClipnorm);
    }
    if (clipvalue != null) {
      options.put("clipvalue", clipvalue);
    }
    return options;
  }

  private static @Nullable Double limit(Section section, String key) {
    return section.has(key) ? (Double) section.real(key, 1) : null;
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
