package io.rankline.loss.listwise;

import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossName;
import io.rankline.loss.lambda.LambdaWeightForm;
import io.rankline.loss.lambda.ListMleLambdaWeight;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/**
 * Negative log likelihood of the order by label, highest first, under the Plackett-Luce model.
 *
 * <pre>
 *   loss(y, s) = sum_k delta(k) (ln(sum_{m &gt;= k} exp(s_(m))) - s_(k))
 * </pre>
 *
 * <p>(k) is position k from 1 of the order by label, delta the lambda weight or 1. Log-sums are
 * kept relative to their largest term, so that scores of any finite size are safe. Items of one
 * label stand as {@link io.rankline.data.TieOrder} says. Padding takes no part. An empty list gives
 * 0 with weight 1.
 *
 * @param lambdaWeight delta; null for 1
 * @see <a href="https://doi.org/10.1145/1390156.1390306">Xia et al., Listwise approach to learning
 *     to rank: theory and algorithm, ICML 2008</a>
 */
@LossName("list_mle_loss")
public record ListMleLoss(
    @Option(fallback = "1.0", above = 0, words = POSITIVE, meaning = "divides the scores")
        double temperature,
    @Option(form = LambdaWeightForm.class, meaning = "weight of positions")
        @Nullable ListMleLambdaWeight lambdaWeight)
    implements ListwiseLoss {

  public ListMleLoss {
    Faults.in(ListMleLoss.class, temperature, lambdaWeight).orThrow();
  }

  /** Temperature 1, every position 1. */
  public ListMleLoss() {
    this(1, null);
  }

  @Override
  public double loss(LossList list, double weight) {
    return PlackettLuce.evaluate(list, list.byLabelWithTies(), list.size(), lambdaWeight, weight);
  }
}
