package io.rankline.loss.pointwise;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossName;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Categorical cross entropy: the label is the number of a class.
 *
 * <pre>
 *   loss(y, p) = - sum_i sum_k t_ik ln p_ik,  t_ik = 1[k = int(y_i)] (1 - e) + e / classes
 *   p_i = softmax(s_i) from logits, otherwise s_i / sum s_i clipped to [1e-7, 1 - 1e-7]
 * </pre>
 *
 * <p>Scores have shape [B, L, classes]. e is the label smoothing. A clipped probability has no
 * gradient. A label that is no class is an error; probabilities must not be negative, and not all
 * 0.
 *
 * @param labelSmoothing e, from 0 to below 1
 * @param temperature divides logits; 1 with probabilities, which are renormalised anyway
 */
@LossName("multi_class_loss")
public record MultiClassLoss(
    @Option(least = 1, meaning = "number of classes") int numClasses,
    @Option(fallback = "false", meaning = "whether scores are logits rather than probabilities")
        boolean fromLogits,
    @Option(
            fallback = "0.0",
            least = 0,
            below = 1,
            words = "must lie in [0, 1)",
            meaning = "share of a label that is spread over all classes")
        double labelSmoothing,
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature)
    implements PointwiseLoss {

  /** Keras' epsilon, which keeps the logarithm finite. */
  private static final double CLIP = 1e-7;

  public MultiClassLoss {
    Faults.in(MultiClassLoss.class, numClasses, fromLogits, labelSmoothing, temperature)
        .addUnless(
            fromLogits || temperature == 1,
            "temperature",
            "has no effect on probabilities; set from_logits or leave temperature at 1, got %s",
            temperature)
        .orThrow();
  }

  /** Probabilities, no smoothing. */
  public MultiClassLoss(int numClasses) {
    this(numClasses, false, 0, 1);
  }

  @Override
  public int outputs() {
    return numClasses;
  }

  @Override
  public double item(double label, double[] scores, int at, double[] slope) {
    int labelClass = (int) label;
    if (labelClass >= numClasses) {
      throw new IllegalArgumentException(
          "label must be below num_classes, %s, got %s".formatted(numClasses, label));
    }
    return fromLogits
        ? logits(labelClass, scores, at, slope)
        : probabilities(labelClass, scores, at, slope);
  }

  private double target(int k, int label) {
    return (k == label ? 1 - labelSmoothing : 0) + labelSmoothing / numClasses;
  }

  private double logits(int label, double[] scores, int at, double[] slope) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < numClasses; k++) {
      highest = Math.max(highest, scores[at + k]);
    }
    double sum = 0;
    for (int k = 0; k < numClasses; k++) {
      sum += ExpLog.exp(scores[at + k] - highest);
    }
    double logSum = highest + Math.log(sum);
    double loss = 0;
    for (int k = 0; k < numClasses; k++) {
      double logP = scores[at + k] - logSum;
      loss -= target(k, label) * logP;
      slope[at + k] = ExpLog.exp(logP) - target(k, label);
    }
    return loss;
  }

  private double probabilities(int label, double[] scores, int at, double[] slope) {
    double sum = 0;
    for (int k = 0; k < numClasses; k++) {
      double score = scores[at + k];
      if (score < 0) {
        throw new IllegalArgumentException(
            "multi_class_loss reads scores as probabilities, 0 or more, got %s; set from_logits"
                .formatted(score));
      }
      sum += score;
    }
    if (sum == 0) {
      throw new IllegalArgumentException(
          "multi_class_loss reads scores as probabilities, got an item where all are 0");
    }
    double loss = 0;
    double shared = 0;
    for (int k = 0; k < numClasses; k++) {
      double p = scores[at + k] / sum;
      double clipped = Math.min(Math.max(p, CLIP), 1 - CLIP);
      loss -= target(k, label) * Math.log(clipped);
      // TensorFlow passes the gradient of a clip where the value lies in the closed interval.
      double own = p >= CLIP && p <= 1 - CLIP ? -target(k, label) / p : 0;
      slope[at + k] = own / sum;
      shared += own * p;
    }
    for (int k = 0; k < numClasses; k++) {
      slope[at + k] -= shared / sum;
    }
    return loss;
  }
}
