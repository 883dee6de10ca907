package io.rankline.loss.listwise;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Expectation maximisation over several models: each list trains the models that fit it best.
 *
 * <pre>
 *   l_k = sum_i max(s_ik, 0) - s_ik y_i + ln(1 + exp(-|s_ik|))
 *   p_k = exp(-alpha (l_k - min l));  loss(y, s) = sum_k p_k l_k / sum_k p_k
 * </pre>
 *
 * <p>Scores have shape [B, L, M]. p carries no gradient: it is the E step. There is no temperature.
 * A list without a positive label has weight 0.
 *
 * @param models M
 */
@LossName("mixture_em_loss")
public record MixtureEmLoss(
    @Option(least = 1, meaning = "number of models") int models,
    @Option(fallback = "1.0", least = 0, meaning = "sharpness of the choice between models")
        double alpha)
    implements ListwiseLoss {

  public MixtureEmLoss {
    Faults.in(MixtureEmLoss.class, models, alpha).orThrow();
  }

  /** Alpha 1. */
  public MixtureEmLoss(int models) {
    this(models, 1);
  }

  @Override
  public int outputs() {
    return models;
  }

  /**
   * Weight of each model before they are divided by their sum.
   *
   * @param losses loss of the list under each model, shape [M]
   */
  public double[] modelProbabilities(double... losses) {
    double best = Double.POSITIVE_INFINITY;
    for (double loss : losses) {
      best = Math.min(best, loss);
    }
    double[] weights = new double[losses.length];
    for (int k = 0; k < losses.length; k++) {
      weights[k] = ExpLog.exp(-alpha * (losses[k] - best));
    }
    return weights;
  }

  @Override
  public double weight(LossList list) {
    return list.weightOfPositive();
  }

  @Override
  public double loss(LossList list, double weight) {
    double best = Double.POSITIVE_INFINITY;
    for (int k = 0; k < models; k++) {
      best = Math.min(best, modelLoss(list, k));
    }
    double[] gradient = list.gradient();
    double sum = 0;
    double weighted = 0;
    for (int k = 0; k < models; k++) {
      double loss = modelLoss(list, k);
      double p = ExpLog.exp(-alpha * (loss - best));
      sum += p;
      weighted += p * loss;
      for (int i = 0; i < list.size(); i++) {
        int at = i * models + k;
        gradient[at] = p * (ExpLog.sigmoid(list.scores()[at]) - list.labels()[i]);
      }
    }
    for (int at = 0; at < list.size() * models; at++) {
      gradient[at] *= weight / sum;
    }
    return weighted / sum;
  }

  private double modelLoss(LossList list, int k) {
    double loss = 0;
    for (int i = 0; i < list.size(); i++) {
      loss += ExpLog.sigmoidCrossEntropy(list.labels()[i], list.scores()[i * models + k]);
    }
    return loss;
  }
}
