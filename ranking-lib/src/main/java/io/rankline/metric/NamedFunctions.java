package io.rankline.metric;

import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gains and discounts by the names they have in a metric's text, such as {@code gain=identity}. */
final class NamedFunctions {

  static final Map<String, Gain> GAINS = new LinkedHashMap<>();
  static final Map<String, RankDiscount> DISCOUNTS = new LinkedHashMap<>();

  static {
    GAINS.put("exponential", Gain.EXPONENTIAL);
    GAINS.put("identity", Gain.IDENTITY);
    DISCOUNTS.put("log2", RankDiscount.INVERSE_LOG2);
    DISCOUNTS.put("ln", RankDiscount.INVERSE_LN);
    DISCOUNTS.put("reciprocal", RankDiscount.RECIPROCAL);
  }

  private NamedFunctions() {}

  /** What a metric's name says of its gain and discount: nothing of the defaults. */
  static String suffix(Gain gain, RankDiscount discount) {
    List<String> parts = new ArrayList<>();
    if (!gain.equals(Gain.EXPONENTIAL)) {
      parts.add("gain=" + nameOf(GAINS, gain));
    }
    addDiscount(parts, discount);
    return bracketed(parts);
  }

  /** What a metric's name says of its alpha and discount: nothing of the defaults. */
  static String suffix(double alpha, RankDiscount discount) {
    List<String> parts = new ArrayList<>();
    if (alpha != AlphaDcgMetric.DEFAULT_ALPHA) {
      parts.add("alpha=" + alpha);
    }
    addDiscount(parts, discount);
    return bracketed(parts);
  }

  private static void addDiscount(List<String> parts, RankDiscount discount) {
    if (!discount.equals(RankDiscount.INVERSE_LOG2)) {
      parts.add("discount=" + nameOf(DISCOUNTS, discount));
    }
  }

  private static String bracketed(List<String> parts) {
    return parts.isEmpty() ? "" : "(" + String.join(",", parts) + ")";
  }

  private static <F> String nameOf(Map<String, F> named, F function) {
    return named.entrySet().stream()
        .filter(entry -> entry.getValue().equals(function))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> String.valueOf(function));
  }
}
