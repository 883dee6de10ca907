package io.rankline.metric;

import io.rankline.data.Gain;
import io.rankline.data.NamedFunctions;
import io.rankline.data.RankDiscount;
import java.util.ArrayList;
import java.util.List;

/** The parameters that many metrics share: how they are checked and written. */
final class MetricParameters {

  private MetricParameters() {}

  static void requireTopn(int topn) {
    if (topn < 1) {
      throw new IllegalArgumentException("topn must be 1 or more, got " + topn);
    }
  }

  /** {@code ndcg} or {@code ndcg@5}. */
  static String name(MetricKey key, int topn) {
    return topn == RankingMetric.WHOLE_LIST ? key.wireName() : key.wireName() + "@" + topn;
  }

  /** What a metric's name says of its gain and discount: nothing of the defaults. */
  static String suffix(Gain gain, RankDiscount discount) {
    List<String> parts = new ArrayList<>();
    if (!gain.equals(Gain.EXPONENTIAL)) {
      parts.add("gain=" + NamedFunctions.GAINS.shortNameOf(gain));
    }
    return withDiscount(parts, discount);
  }

  /** What a metric's name says of its alpha and discount: nothing of the defaults. */
  static String suffix(double alpha, RankDiscount discount) {
    List<String> parts = new ArrayList<>();
    if (alpha != AlphaDcgMetric.DEFAULT_ALPHA) {
      parts.add("alpha=" + alpha);
    }
    return withDiscount(parts, discount);
  }

  private static String withDiscount(List<String> parts, RankDiscount discount) {
    if (!discount.equals(RankDiscount.INVERSE_LOG2)) {
      parts.add("discount=" + NamedFunctions.DISCOUNTS.shortNameOf(discount));
    }
    return parts.isEmpty() ? "" : "(" + String.join(",", parts) + ")";
  }
}
