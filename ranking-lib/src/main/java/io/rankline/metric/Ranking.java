package io.rankline.metric;

import io.rankline.data.Gain;
import io.rankline.data.ItemOrder;
import io.rankline.data.RankDiscount;
import io.rankline.data.TieOrder;
import java.util.IdentityHashMap;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The valid items of one list in the order of their scores: what a metric is computed from.
 *
 * <p>A scratch pad, filled again for each list so that nothing is allocated per list once it has
 * seen the longest one. Not for use by two threads. <em>Items</em> are numbered from 0 to {@link
 * #size} in the order given, padding left out; <em>positions</em> are ranks less 1, below {@link
 * #depth}.
 */
public final class Ranking {

  /** Odd, its bits well mixed (the golden ratio's): keeps seeds of neighbouring lists apart. */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private final TieOrder ties;
  private final ItemOrder items = new ItemOrder();
  private final DiscountTables discounts = new DiscountTables();
  private final IdentityHashMap<Gain, GainTable> gainTables = new IdentityHashMap<>();

  private int size;
  private int depth;
  private int topics = 1;
  private double totalWeight;
  private boolean evenWeights;
  private double listWeight;
  private @Nullable Gain gainsOf;
  private double[] labels = {};
  private double[] weights = {};
  private double[] scores = {};
  private double[] gains = {};
  private double[] spareDoubles = {};
  private int[] order = {};
  private int[] spare = new int[1];

  /** A scratch pad that breaks ties as given. */
  public Ranking() {
    this(TieOrder.AS_GIVEN);
  }

  /** A scratch pad that breaks ties in a given order. */
  public Ranking(TieOrder ties) {
    this.ties = ties;
  }

  /**
   * Ranks a list for one metric.
   *
   * @return this
   */
  public Ranking rank(ScoredList list, RankingMetric metric) {
    requireTopics(list, metric);
    rank(list, metric.depth(), metric.ranksZeroWeights());
    return this;
  }

  /** All items in order, ties in one that seed, list and size alone decide. */
  private int[] orderAtRandom(long id) {
    int[] drawn = items.asGiven(size);
    SplittableRandom random = new SplittableRandom(ties.seedOr(0) ^ (id + size) * GOLDEN_RATIO);
    for (int item = 0; item < size; item++) {
      int other = random.nextInt(item + 1);
      drawn[item] = drawn[other];
      drawn[other] = item;
    }
    return items.sort(scores, size);
  }

  /**
   * Refuses a list of several topics under a metric that takes one label an item.
   *
   * @throws IllegalArgumentException naming the metric
   */
  public static void requireTopics(ScoredList list, RankingMetric metric) {
    if (list.topics() > 1 && !metric.readsTopics()) {
      throw new IllegalArgumentException(
          "%s takes one label an item, got %s topics; alpha_dcg and precision_ia take topics"
              .formatted(metric.name(), list.topics()));
    }
  }

  /**
   * Ranks a list for several metrics.
   *
   * @param wantedDepth number of positions that have to be in order
   * @param ranksZeroWeights whether items of weight 0 are ranked rather than treated as padding
   */
  public void rank(ScoredList list, int wantedDepth, boolean ranksZeroWeights) {
    reserve(list.size(), list.topics());
    topics = list.topics();
    gainsOf = null;
    size = 0;
    boolean itemWeights = list.weights().length > 0 && list.weights().length == list.size();
    totalWeight = itemWeights ? 0 : list.weight(0);
    evenWeights = true;
    int judged = 0;
    listWeight = list.weight(0);
    for (int i = 0; i < list.size(); i++) {
      double weight = list.weight(i);
      totalWeight += itemWeights ? weight : 0;
      // TF-Ranking keeps padding, as label 0, where a gain of 0 matters (docs/parity.md).
      if (!list.isValid(i)) {
        continue;
      }
      listWeight = judged++ == 0 ? weight : listWeight;
      evenWeights &= weight == listWeight;
      if (weight > 0 || ranksZeroWeights) {
        weights[size] = weight;
        scores[size] = list.scores()[i];
        if (topics == 1) {
          labels[size] = list.labels()[i];
        } else {
          System.arraycopy(list.labels(), i * topics, labels, size * topics, topics);
        }
        size++;
      }
    }
    depth = Math.min(size, wantedDepth);
    // TF-Ranking always breaks ties at random; here that is an option (docs/parity.md).
    order = ties.isRandom() ? orderAtRandom(list.id()) : items.descending(scores, size, depth);
  }

  /** Number of valid items. */
  public int size() {
    return size;
  }

  /** Number of positions that are in order: the metric's depth, or all items if there are fewer. */
  public int depth() {
    return depth;
  }

  /** T, the number of topics an item is judged for. */
  public int topics() {
    return topics;
  }

  /** The item at a position. */
  public int itemAt(int position) {
    return order[position];
  }

  /** The label of an item, of lists with one topic. */
  public double label(int item) {
    return labels[item];
  }

  /** The label of an item for a topic, 0 where the item is not judged for it. */
  public double label(int item, int topic) {
    return Math.max(0, labels[item * topics + topic]);
  }

  /** The weight of an item. */
  public double weight(int item) {
    return weights[item];
  }

  /** The score of an item. */
  public double score(int item) {
    return scores[item];
  }

  /** Whether the item's label is relevant, for any topic. */
  public boolean isRelevant(int item, Relevance relevance) {
    for (int i = item * topics; i < (item + 1) * topics; i++) {
      if (relevance.holds(labels[i])) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether items of equal score but different labels, or different weights where the labels are
   * above 0, stand at, or just below, a ranked position.
   */
  public boolean tiesMatter() {
    for (int position = 1; position < depth; position++) {
      if (areTiedButDiffer(order[position - 1], order[position])) {
        return true;
      }
    }
    if (depth > 0 && depth < size) {
      int last = order[depth - 1];
      for (int item = 0; item < size; item++) {
        if (areTiedButDiffer(last, item)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean areTiedButDiffer(int item, int other) {
    if (scores[item] != scores[other]) {
      return false;
    }
    boolean counts = false;
    for (int topic = 0; topic < topics; topic++) {
      double label = labels[item * topics + topic];
      if (label != labels[other * topics + topic]) {
        return true;
      }
      counts |= label > 0;
    }
    return counts && weights[item] != weights[other];
  }

  /** Number of items that are relevant. */
  public int relevantItems(Relevance relevance) {
    int relevant = 0;
    for (int item = 0; item < size; item++) {
      relevant += isRelevant(item, relevance) ? 1 : 0;
    }
    return relevant;
  }

  /** Mean weight of the relevant items; not a number where there is none. */
  public double meanRelevantWeight(Relevance relevance) {
    double sum = 0;
    int relevant = 0;
    for (int item = 0; item < size; item++) {
      if (isRelevant(item, relevance)) {
        sum += weights[item];
        relevant++;
      }
    }
    return sum / relevant;
  }

  /** Sum of all weights of the list, those at padding too; its one weight where it has only one. */
  public double totalWeight() {
    return totalWeight;
  }

  /** Whether all items of the list have the same weight, those at padding aside. */
  boolean hasEvenWeights() {
    return evenWeights;
  }

  /** The weight of the list, where its items do not differ in theirs. */
  double listWeight() {
    return listWeight;
  }

  /** Gain of each item; valid until the next call. */
  double[] gains(Gain gain) {
    if (gainsOf != gain) {
      GainTable table = gainTables.computeIfAbsent(gain, GainTable::new);
      for (int item = 0; item < size; item++) {
        gains[item] = table.of(labels[item]);
      }
      gainsOf = gain;
    }
    return gains;
  }

  /** Discount of each position up to at least {@link #depth}. */
  double[] discounts(RankDiscount discount) {
    return discounts.of(discount, depth);
  }

  /** Room for one number an item, to be used by one metric at a time. */
  double[] room() {
    return spareDoubles;
  }

  /** Room for one whole number an item, to be used by one metric at a time. */
  int[] wholeRoom() {
    return spare;
  }

  private void reserve(int wanted, int wantedTopics) {
    if (weights.length < wanted) {
      int room = Math.max(wanted, 2 * weights.length);
      weights = new double[room];
      scores = new double[room];
      gains = new double[room];
      spareDoubles = new double[room];
      spare = new int[room + 1];
    }
    if (labels.length < wanted * wantedTopics) {
      labels = new double[Math.max(wanted * wantedTopics, weights.length)];
    }
  }
}
