package io.rankline.loss.click;

import io.rankline.loss.arithmetic.ExpLog;
import io.rankline.loss.form.LossName;
import io.rankline.loss.pointwise.PointwiseLoss;
import io.rankline.text.Faults;
import io.rankline.text.Option;

/**
 * Expectation maximisation for clicks: one score for examination, one for relevance.
 *
 * <pre>
 *   scores (e, r) of an item; c = 1 if y &gt;= 1
 *   p_e = 1 if c, else sigmoid(e - softplus(r));  p_r = 1 if c, else sigmoid(r - softplus(e))
 *   loss(y, s) = sum_i examWeight * CE(p_e, sigmoid(e)) + relevanceWeight * CE(p_r, sigmoid(r))
 * </pre>
 *
 * <p>Scores have shape [B, L, 2]. The posteriors p_e and p_r carry no gradient: they are the E
 * step.
 *
 * @see <a href="https://doi.org/10.1145/3159652.3159732">Wang et al., Position Bias Estimation for
 *     Unbiased Learning to Rank in Personal Search, WSDM 2018</a>
 */
@LossName("click_em_loss")
public record ClickEmLoss(
    @Option(fallback = "1.0", least = 0, meaning = "weight of the examination part")
        double examLossWeight,
    @Option(fallback = "1.0", least = 0, meaning = "weight of the relevance part")
        double relLossWeight,
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature)
    implements PointwiseLoss {

  public ClickEmLoss {
    Faults.in(ClickEmLoss.class, examLossWeight, relLossWeight, temperature).orThrow();
  }

  /** Weights 1, temperature 1. */
  public ClickEmLoss() {
    this(1, 1, 1);
  }

  @Override
  public int outputs() {
    return 2;
  }

  /** Posterior probability that an item was examined, given its label and scores. */
  public static double examinationPosterior(double label, double exam, double relevance) {
    return label >= 1 ? 1 : ExpLog.sigmoid(exam - ExpLog.softplus(relevance));
  }

  /** Posterior probability that an item is relevant, given its label and scores. */
  static double relevancePosterior(double label, double exam, double relevance) {
    return label >= 1 ? 1 : ExpLog.sigmoid(relevance - ExpLog.softplus(exam));
  }

  @Override
  public double item(double label, double[] scores, int at, double[] slope) {
    double exam = scores[at];
    double relevance = scores[at + 1];
    double examined = examinationPosterior(label, exam, relevance);
    double relevant = relevancePosterior(label, exam, relevance);
    slope[at] = examLossWeight * (ExpLog.sigmoid(exam) - examined);
    slope[at + 1] = relLossWeight * (ExpLog.sigmoid(relevance) - relevant);
    return examLossWeight * ExpLog.sigmoidCrossEntropy(examined, exam)
        + relLossWeight * ExpLog.sigmoidCrossEntropy(relevant, relevance);
  }
}
