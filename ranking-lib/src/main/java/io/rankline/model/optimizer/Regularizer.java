package io.rankline.model.optimizer;

import io.rankline.model.optimizer.rate.LearningRate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Keras's {@code kernel_regularizer}: a penalty on weights that is part of the loss.
 *
 * <pre>
 *   loss += l1 * sum |w| + l2 * sum w^2
 * </pre>
 *
 * <p>DL4J halves the square, {@code l2 / 2 * sum w^2}, so its coefficient is twice Keras's; {@link
 * #forDl4j} has it right. It applies to weights, not to biases nor to batch normalisation.
 *
 * @param l1 0 or more
 * @param l2 0 or more
 */
public record Regularizer(double l1, double l2) implements Serializable {

  /** No penalty. */
  public static final Regularizer NONE = new Regularizer(0, 0);

  public Regularizer {
    LearningRate.requireNotNegative("l1", l1);
    LearningRate.requireNotNegative("l2", l2);
  }

  /** Keras's {@code l1(x)}. */
  public static Regularizer l1(double l1) {
    return new Regularizer(l1, 0);
  }

  /** Keras's {@code l2(x)}. */
  public static Regularizer l2(double l2) {
    return new Regularizer(0, l2);
  }

  /** The same penalty for a configuration of DL4J. */
  public List<Regularization> forDl4j() {
    List<Regularization> penalties = new ArrayList<>();
    if (l1 > 0) {
      penalties.add(new L1Regularization(l1));
    }
    if (l2 > 0) {
      penalties.add(new L2Regularization(2 * l2));
    }
    return penalties;
  }
}
