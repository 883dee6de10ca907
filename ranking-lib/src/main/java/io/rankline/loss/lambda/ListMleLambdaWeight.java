package io.rankline.loss.lambda;

import io.rankline.data.RankDiscount;
import io.rankline.text.Option;

/**
 * A weight {@code discount(k)} for each position k of the order by label, for {@code
 * list_mle_loss}.
 */
public record ListMleLambdaWeight(
    @Option(
            fallback = "inverse_log2",
            form = FunctionForm.OfDiscount.class,
            meaning = "what a position is worth")
        RankDiscount discount)
    implements LambdaWeight {

  /**
   * TF-Ranking's {@code create_p_list_mle_lambda_weight}: {@code 2^(listSize - k) - 1}.
   *
   * @param listSize from 1 to 1024, beyond which the weight of position 1 is not finite
   */
  public static ListMleLambdaWeight positionAware(int listSize) {
    return new ListMleLambdaWeight(new PositionAwareDiscount(listSize));
  }

  @Override
  public String kind() {
    return "list_mle";
  }

  /** The weight of position k, from 1. */
  public double at(int k) {
    return discount.of(k);
  }
}
