package io.rankline.loss;

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
 * @param alpha sharpness of the choice between models
 */
public record MixtureEmLoss(int models, double alpha) implements RankingLoss {

  public MixtureEmLoss {
    Require.atLeastOne("models", models);
    Require.notNegative("alpha", alpha);
  }

  /** Alpha 1. */
  public MixtureEmLoss(int models) {
    this(models, 1);
  }

  @Override
  public String wireName() {
    return LossKey.MIXTURE_EM.wireName();
  }

  @Override
  public LossFamily family() {
    return LossFamily.LISTWISE;
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
  public void evaluate(LossWorkspace list) {
    if (list.isLeftOut()) {
      list.listwise(0, 0);
      return;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int k = 0; k < models; k++) {
      best = Math.min(best, modelLoss(list, k));
    }
    double weight = list.weightOfPositive();
    double sum = 0;
    double weighted = 0;
    for (int k = 0; k < models; k++) {
      double loss = modelLoss(list, k);
      double p = ExpLog.exp(-alpha * (loss - best));
      sum += p;
      weighted += p * loss;
      for (int i = 0; i < list.size; i++) {
        int at = i * models + k;
        list.g[at] = p * (ExpLog.sigmoid(list.s[at]) - list.y[i]);
      }
    }
    for (int at = 0; at < list.size * models; at++) {
      list.g[at] *= weight / sum;
    }
    list.listwise(weighted / sum, weight);
  }

  private double modelLoss(LossWorkspace list, int k) {
    double loss = 0;
    for (int i = 0; i < list.size; i++) {
      loss += ExpLog.sigmoidCrossEntropy(list.y[i], list.s[i * models + k]);
    }
    return loss;
  }
}
