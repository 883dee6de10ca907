package io.rankline.metric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * An item for the slow, plain versions of the metrics that tests compare with.
 *
 * @param labels one a topic
 */
record PlainItem(List<Double> labels, double weight, double score) {

  double label() {
    return labels.get(0);
  }

  boolean relevant() {
    return labels.stream().anyMatch(label -> label >= 1);
  }

  /** 1 or 0. */
  double hit() {
    return relevant() ? 1 : 0;
  }

  double gain() {
    return Math.pow(2, label()) - 1;
  }

  /** The valid items of a list, highest score first, equal scores as given. */
  static List<PlainItem> ranked(ScoredList list, boolean withZeroWeights) {
    List<PlainItem> items = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      List<Double> labels = new ArrayList<>();
      for (int t = 0; t < list.topics(); t++) {
        labels.add(list.labels()[i * list.topics() + t]);
      }
      double weight =
          switch (list.weights().length) {
            case 0 -> 1;
            case 1 -> list.weights()[0];
            default -> list.weights()[i];
          };
      boolean valid = labels.stream().anyMatch(label -> label >= 0);
      if (valid && (weight > 0 || withZeroWeights)) {
        items.add(
            new PlainItem(
                labels.stream().map(label -> Math.max(0, label)).toList(),
                weight,
                list.scores()[i]));
      }
    }
    items.sort(Comparator.comparingDouble(item -> -item.score()));
    return items;
  }

  /** The first {@code topn}. */
  static List<PlainItem> first(List<PlainItem> ranked, int topn) {
    return ranked.subList(0, Math.min(topn, ranked.size()));
  }

  static double sum(List<PlainItem> items, ToDoubleFunction<PlainItem> term) {
    double sum = 0;
    for (PlainItem item : items) {
      sum += term.applyAsDouble(item);
    }
    return sum;
  }

  /** Mean weight by relevance; not a number where nothing is relevant. */
  static double meanWeight(List<PlainItem> items, ToDoubleFunction<PlainItem> relevance) {
    return sum(items, item -> item.weight() * relevance.applyAsDouble(item))
        / sum(items, relevance);
  }

  static double discount(int rank) {
    return Math.log(2) / Math.log(1 + rank);
  }

  /** Weighted gains of the first {@code topn}, discounted. */
  static double dcg(List<PlainItem> items, int topn) {
    double dcg = 0;
    for (int k = 1; k <= Math.min(topn, items.size()); k++) {
      dcg += items.get(k - 1).weight() * items.get(k - 1).gain() * discount(k);
    }
    return dcg;
  }
}
