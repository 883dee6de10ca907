package io.rankline.loss;

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
 * @param numClasses number of classes
 * @param fromLogits whether scores are logits rather than probabilities
 * @param labelSmoothing e, from 0 to below 1
 * @param temperature divides logits; 1 with probabilities, which are renormalised anyway
 */
public record MultiClassLoss(
    int numClasses, boolean fromLogits, double labelSmoothing, double temperature)
    implements RankingLoss {

  /** Keras' epsilon, which keeps the logarithm finite. */
  private static final double CLIP = 1e-7;

  public MultiClassLoss {
    Require.atLeastOne("num_classes", numClasses);
    Require.positive("temperature", temperature);
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label_smoothing must lie in [0, 1), got " + labelSmoothing);
    }
    if (!fromLogits && temperature != 1) {
      throw new IllegalArgumentException(
          "temperature has no effect on probabilities; set from_logits or leave temperature at 1,"
              + " got "
              + temperature);
    }
  }

  /** Probabilities, no smoothing. */
  public MultiClassLoss(int numClasses) {
    this(numClasses, false, 0, 1);
  }

  @Override
  public String wireName() {
    return LossKey.MULTI_CLASS.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.POINTWISE;
  }

  @Override
  public int outputs() {
    return numClasses;
  }

  @Override
  public void evaluate(LossWorkspace list) {
    for (int i = 0; i < list.size; i++) {
      int label = (int) list.y[i];
      if (label >= numClasses) {
        throw new IllegalArgumentException(
            "label must be below num_classes, %d, got %s".formatted(numClasses, list.y[i]));
      }
      PointKernel.add(list, i, fromLogits ? logits(list, i, label) : probabilities(list, i, label));
    }
  }

  private double target(int k, int label) {
    return (k == label ? 1 - labelSmoothing : 0) + labelSmoothing / numClasses;
  }

  private double logits(LossWorkspace list, int i, int label) {
    int start = i * numClasses;
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < numClasses; k++) {
      highest = Math.max(highest, list.s[start + k]);
    }
    double sum = 0;
    for (int k = 0; k < numClasses; k++) {
      sum += ExpLog.exp(list.s[start + k] - highest);
    }
    double logSum = highest + Math.log(sum);
    double loss = 0;
    for (int k = 0; k < numClasses; k++) {
      double logP = list.s[start + k] - logSum;
      loss -= target(k, label) * logP;
      list.g[start + k] += list.w[i] * (ExpLog.exp(logP) - target(k, label));
    }
    return loss;
  }

  private double probabilities(LossWorkspace list, int i, int label) {
    int start = i * numClasses;
    double sum = 0;
    for (int k = 0; k < numClasses; k++) {
      double score = list.s[start + k];
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
      double p = list.s[start + k] / sum;
      double clipped = Math.min(Math.max(p, CLIP), 1 - CLIP);
      loss -= target(k, label) * Math.log(clipped);
      // TensorFlow passes the gradient of a clip where the value lies in the closed interval.
      double slope = p >= CLIP && p <= 1 - CLIP ? -target(k, label) / p : 0;
      list.g[start + k] += list.w[i] * slope / sum;
      shared += slope * p;
    }
    for (int k = 0; k < numClasses; k++) {
      list.g[start + k] -= list.w[i] * shared / sum;
    }
    return loss;
  }
}
