package io.rankline.loss;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Losses by their names and weights, as configurations write them, with default parameters. */
final class NamedLosses {

  private NamedLosses() {}

  /** In the order of the map. */
  static List<WeightedLoss> of(Map<String, Double> weightsByName) {
    List<WeightedLoss> terms = new ArrayList<>();
    weightsByName.forEach((name, weight) -> terms.add(term(name, weight)));
    return terms;
  }

  /** Weights are 1 where the list of weights is null. */
  static List<WeightedLoss> of(List<String> names, @Nullable List<Double> weights) {
    if (weights != null && weights.size() != names.size()) {
      throw new IllegalArgumentException(
          "loss weights must be as many as losses, %s, got %s"
              .formatted(names.size(), weights.size()));
    }
    List<WeightedLoss> terms = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      if (names.get(k).contains(":")) {
        throw new IllegalArgumentException(
            "loss weights stand in '%s' or in a list beside the names, not both"
                .formatted(names.get(k)));
      }
      terms.add(term(names.get(k), weights == null ? 1 : weights.get(k)));
    }
    return terms;
  }

  /** Of {@code "softmax_loss:0.3,approx_ndcg_loss:0.7"}; weights may be left out. */
  static List<WeightedLoss> parse(String specification) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String part : specification.split(",", -1)) {
      String term = part.strip();
      int colon = term.indexOf(':');
      String name = colon < 0 ? term : term.substring(0, colon).strip();
      double weight = colon < 0 ? 1 : parseWeight(term, term.substring(colon + 1).strip());
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            "a loss has the form name or name:weight, got '%s' in '%s'"
                .formatted(term, specification));
      }
      if (weights.put(name, weight) != null) {
        throw new IllegalArgumentException(
            "%s stands twice in '%s'; add up its weights".formatted(name, specification));
      }
    }
    return of(weights);
  }

  private static WeightedLoss term(String name, double weight) {
    return new WeightedLoss(LossKey.ofWireName(name).withDefaults(), weight);
  }

  private static double parseWeight(String term, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "a loss has the form name or name:weight, got '%s'".formatted(term), e);
    }
  }
}
