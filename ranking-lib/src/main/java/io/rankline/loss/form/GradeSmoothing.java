package io.rankline.loss.form;

import io.rankline.loss.arithmetic.ExpLog;

/**
 * How likely a judge meant another grade than the one that a label has.
 *
 * <p>Of two grades next to each other, the wrong one was given with probability e; with each grade
 * between them the odds of it fall by the same factor, {@code e / (1 - e)}. So the log-odds of a
 * gap of d grades are d times those of one, as those of RankNet's target probabilities add up along
 * a chain of items.
 *
 * @see <a href="https://doi.org/10.1145/1102351.1102363">Burges et al., Learning to rank using
 *     gradient descent, ICML 2005, section 4</a>
 */
public final class GradeSmoothing {

  /** The rule of {@code e}, in words. */
  public static final String RULE = "must lie in [0, 0.5)";

  private GradeSmoothing() {}

  /**
   * The log-odds that one of two grades next to each other is right.
   *
   * @param smoothing e, above 0
   */
  public static double logOdds(double smoothing) {
    return Math.log1p(-smoothing) - Math.log(smoothing);
  }

  /**
   * The probability that the higher of two labels is the higher one in truth.
   *
   * @param gap the higher label less the lower one
   * @param logOdds by {@link #logOdds}
   */
  public static double right(double gap, double logOdds) {
    return ExpLog.sigmoid(gap * logOdds);
  }
}
