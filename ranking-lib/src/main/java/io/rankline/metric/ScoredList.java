package io.rankline.metric;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.data.TieOrder;
import java.util.Arrays;

/**
 * One list as a metric sees it: labels, scores, weights. N is the number of items, T the number of
 * topics that each item is judged for (1 unless a metric of diversity is asked for).
 *
 * <p>The arrays are not copied; nobody here writes to them.
 *
 * @param labels relevance, shape [N, T]; below 0 where an item has none, which makes it padding
 * @param scores the ranker's scores, shape [N]; not looked at where the item is padding
 * @param weights shape [N], [1] (one for the whole list) or [0] (all 1); 0 or more and finite
 * @param mask true at a valid item whatever its label, shape [N]; or [0] to go by the label
 * @param topics T
 * @param id distinguishes lists when {@link TieOrder#random} draws an order; 0 will do
 */
public record ScoredList(
    double[] labels, double[] scores, double[] weights, boolean[] mask, int topics, long id) {

  private static final double[] NO_WEIGHTS = {};
  private static final boolean[] NO_MASK = {};

  public ScoredList {
    if (topics < 1) {
      throw new IllegalArgumentException("topics must be 1 or more, got " + topics);
    }
    int size = scores.length;
    if (labels.length != Math.multiplyExact(size, topics)) {
      throw new IllegalArgumentException(
          topics == 1
              ? "labels must have the shape of scores, [%s], got [%s]"
                  .formatted(size, labels.length)
              : "labels must have shape [%s, %s], got %s values"
                  .formatted(size, topics, labels.length));
    }
    if (weights.length != size && weights.length > 1) {
      throw new IllegalArgumentException(
          "weights must have shape [%s], [1] or [0], got [%s]".formatted(size, weights.length));
    }
    if (mask.length != size && mask.length != 0) {
      throw new IllegalArgumentException(
          "mask must have shape [%s] or [0], got [%s]".formatted(size, mask.length));
    }
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weights must be 0 or more and finite, got " + weights[i] + " at item " + i);
      }
    }
    for (int i = 0; i < labels.length; i++) {
      if (!(Math.abs(labels[i]) < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "labels must be finite, got " + labels[i] + " at item " + i / topics);
      }
    }
    for (int i = 0; i < size; i++) {
      if (Double.isNaN(scores[i]) && isValid(labels, mask, topics, i)) {
        throw new IllegalArgumentException("scores must be numbers, got NaN at item " + i);
      }
    }
  }

  /** A list without weights. */
  public static ScoredList of(double[] labels, double[] scores) {
    return new ScoredList(labels, scores, NO_WEIGHTS, NO_MASK, 1, 0);
  }

  /** A list from a model's arrays, which are copied. */
  public static ScoredList of(float[] labels, float[] scores) {
    return of(widened(labels), widened(scores));
  }

  /**
   * One list of a batch, with the batch's labels and weights.
   *
   * @param batch B lists, padded
   * @param row which list, in [0, B)
   * @param task which label column
   * @param scores of the whole batch, shape [B, L]; copied
   */
  public static ScoredList of(ListBatch batch, int row, int task, float[] scores) {
    int items = batch.listSize();
    if (scores.length != batch.batchSize() * items) {
      throw new IllegalArgumentException(
          "scores must have shape [%s, %s], got %s values"
              .formatted(batch.batchSize(), items, scores.length));
    }
    int start = row * items;
    int labels = task * batch.batchSize() * items + start;
    ScoredList list =
        of(
            Arrays.copyOfRange(batch.labels(), labels, labels + items),
            Arrays.copyOfRange(scores, start, start + items));
    return switch (batch.layout().weights()) {
      case NONE -> list;
      case PER_LIST -> list.withWeights(batch.weights()[row]);
      case PER_ITEM ->
          list.withWeights(widened(Arrays.copyOfRange(batch.weights(), start, start + items)));
    };
  }

  /**
   * One list as it was read, with its labels and weights.
   *
   * @param list N items
   * @param task which label column
   * @param scores shape [N]; copied
   */
  public static ScoredList of(RankingList list, int task, float[] scores) {
    int from = task * list.size();
    return of(Arrays.copyOfRange(list.labels(), from, from + list.size()), scores)
        .withWeights(widened(list.weights()));
  }

  /**
   * A list whose items are judged for several topics.
   *
   * @param labels shape [N, T]
   * @param scores shape [N]
   */
  public static ScoredList ofTopics(double[][] labels, double[] scores) {
    int topics = labels.length == 0 ? 1 : labels[0].length;
    double[] flat = new double[labels.length * topics];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i].length != topics) {
        throw new IllegalArgumentException(
            "labels of item %s must have %s topics, got %s".formatted(i, topics, labels[i].length));
      }
      System.arraycopy(labels[i], 0, flat, i * topics, topics);
    }
    return new ScoredList(flat, scores, NO_WEIGHTS, NO_MASK, topics, 0);
  }

  /** This list with weights, shape [N], [1] or [0]. */
  public ScoredList withWeights(double... newWeights) {
    return new ScoredList(labels, scores, newWeights, mask, topics, id);
  }

  /** This list with a mask, shape [N] or [0]. */
  public ScoredList withMask(boolean... newMask) {
    return new ScoredList(labels, scores, weights, newMask, topics, id);
  }

  /** This list with an identity for the random order of ties. */
  public ScoredList withId(long newId) {
    return new ScoredList(labels, scores, weights, mask, topics, newId);
  }

  /** N. */
  public int size() {
    return scores.length;
  }

  /** The weight of item {@code i}, of whichever shape the weights are. */
  double weight(int i) {
    return weights.length == 0 ? 1 : weights.length == 1 ? weights[0] : weights[i];
  }

  /** Whether the item is no padding; its weight is not asked. */
  boolean isValid(int i) {
    return isValid(labels, mask, topics, i);
  }

  private static boolean isValid(double[] labels, boolean[] mask, int topics, int i) {
    if (mask.length > 0) {
      return mask[i];
    }
    for (int t = i * topics; t < (i + 1) * topics; t++) {
      if (labels[t] >= 0) {
        return true;
      }
    }
    return false;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }
}
