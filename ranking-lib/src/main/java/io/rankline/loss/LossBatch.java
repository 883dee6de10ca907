package io.rankline.loss;

import io.rankline.loss.arithmetic.Draws;
import org.jspecify.annotations.Nullable;

/**
 * A batch of lists as losses read it: row-major flat arrays that are neither copied nor changed.
 * Built once a step; {@link LossObjective} reads it list by list.
 */
public final class LossBatch {

  private final int lists;
  private final int listSize;
  private final int outputs;
  private final Values labels;
  private final Values scores;
  private final @Nullable Values itemWeights;
  private final @Nullable Values listWeights;
  private final boolean @Nullable [] mask;
  private final int @Nullable [] positions;
  private final long step;
  private final long firstList;
  private final long @Nullable [] listNumbers;

  private LossBatch(Builder builder, Values labels, Values scores) {
    lists = builder.lists;
    listSize = builder.listSize;
    outputs = builder.outputs;
    itemWeights = builder.itemWeights;
    listWeights = builder.listWeights;
    mask = builder.mask;
    positions = builder.positions;
    step = builder.step;
    firstList = builder.firstList;
    listNumbers = builder.listNumbers;
    this.labels = labels;
    this.scores = scores;
  }

  /** A batch of {@code lists} lists, each padded to {@code listSize} items. */
  public static Builder of(int lists, int listSize) {
    return new Builder(lists, listSize);
  }

  /**
   * Lists of their own lengths: L is the longest of them.
   *
   * @param labels shape [B, n_b]
   * @param scores shape [B, n_b * M]
   */
  public static Builder ragged(double[][] labels, double[][] scores) {
    requireLength("scores", labels.length, scores.length);
    int longest = 0;
    int outputs = 1;
    for (int b = 0; b < labels.length; b++) {
      longest = Math.max(longest, labels[b].length);
      if (labels[b].length > 0) {
        outputs = Math.max(1, scores[b].length / labels[b].length);
      }
    }
    for (int b = 0; b < labels.length; b++) {
      requireLength("scores of list " + b, labels[b].length * outputs, scores[b].length);
    }
    return of(labels.length, longest)
        .labels(padded(labels, longest, -1))
        .scores(padded(scores, longest * outputs, 0))
        .outputs(outputs);
  }

  /**
   * As {@link #ragged(double[][], double[][])}, with a weight for each item.
   *
   * @param itemWeights shape [B, n_b], each 0 or more
   */
  public static Builder ragged(double[][] labels, double[][] scores, double[][] itemWeights) {
    requireLength("itemWeights", labels.length, itemWeights.length);
    for (int b = 0; b < labels.length; b++) {
      requireLength("itemWeights of list " + b, labels[b].length, itemWeights[b].length);
    }
    Builder builder = ragged(labels, scores);
    return builder.itemWeights(padded(itemWeights, builder.listSize, 0));
  }

  /** B. */
  public int lists() {
    return lists;
  }

  /** L. */
  public int listSize() {
    return listSize;
  }

  /** M. */
  public int outputs() {
    return outputs;
  }

  Values labels() {
    return labels;
  }

  Values scores() {
    return scores;
  }

  @Nullable Values itemWeights() {
    return itemWeights;
  }

  @Nullable Values listWeights() {
    return listWeights;
  }

  boolean @Nullable [] mask() {
    return mask;
  }

  int @Nullable [] positions() {
    return positions;
  }

  /** What the draws of list {@code b} depend on besides the seed. */
  long drawKey(int b) {
    return Draws.key(step, listNumbers == null ? firstList + b : listNumbers[b]);
  }

  private static Values padded(double[][] rows, int width, double filler) {
    double[] flat = new double[rows.length * width];
    for (int b = 0; b < rows.length; b++) {
      System.arraycopy(rows[b], 0, flat, b * width, rows[b].length);
      for (int i = rows[b].length; i < width; i++) {
        flat[b * width + i] = filler;
      }
    }
    return Values.of(flat);
  }

  private static void requireLength(String name, int expected, int actual) {
    if (expected != actual) {
      throw new IllegalArgumentException(
          "%s must have length %s, got %s".formatted(name, expected, actual));
    }
  }

  /** Collects the arrays of a batch; labels and scores are required. */
  public static final class Builder {

    private final int lists;
    private final int listSize;
    private int outputs = 1;
    private @Nullable Values labels;
    private @Nullable Values scores;
    private @Nullable Values itemWeights;
    private @Nullable Values listWeights;
    private boolean @Nullable [] mask;
    private int @Nullable [] positions;
    private long step;
    private long firstList;
    private long @Nullable [] listNumbers;

    private Builder(int lists, int listSize) {
      if (lists < 0 || listSize < 0) {
        throw new IllegalArgumentException(
            "a batch has 0 or more lists of 0 or more items, got [%s, %s]"
                .formatted(lists, listSize));
      }
      Math.multiplyExact(lists, listSize);
      this.lists = lists;
      this.listSize = listSize;
    }

    /** Relevance, shape [B, L]; without a mask, below 0 where an item has no label. */
    public Builder labels(Values labels) {
      this.labels = labels;
      return this;
    }

    /** Scores, shape [B, L] or [B, L, M]. */
    public Builder scores(Values scores) {
      this.scores = scores;
      return this;
    }

    /** Number of scores of an item, M; 1 by default. */
    public Builder outputs(int outputs) {
      if (outputs < 1) {
        throw new IllegalArgumentException("outputs must be 1 or more, got " + outputs);
      }
      this.outputs = outputs;
      return this;
    }

    /** Weight of each item, 0 or more, shape [B, L]. */
    public Builder itemWeights(Values weights) {
      this.itemWeights = weights;
      return this;
    }

    /** Weight of each list, 0 or more, shape [B, 1]: every item of the list has it. */
    public Builder listWeights(Values weights) {
      this.listWeights = weights;
      return this;
    }

    /**
     * True at a real item, shape [B, L], whatever its label. Without a mask an item is real if its
     * label is 0 or more; so labels that are -1 at padding need no mask, and under one that admits
     * them they are labels like any other.
     */
    public Builder mask(boolean... mask) {
      this.mask = mask;
      return this;
    }

    /**
     * Position from 1 at which each item was shown when its click was logged, shape [B, L]. By
     * default items stand in the order in which they were shown.
     */
    public Builder positions(int... positions) {
      this.positions = positions;
      return this;
    }

    /** Number of the training step: losses that draw samples draw others in every step. */
    public Builder step(long step) {
      this.step = step;
      return this;
    }

    /**
     * Number of the first list in the batch of all workers together, so that N workers draw what
     * one would.
     */
    public Builder firstList(long firstList) {
      this.firstList = firstList;
      return this;
    }

    /**
     * Number of each list in the batch of all workers together, shape [B], where they do not follow
     * each other; null where {@link #firstList} says it.
     */
    public Builder listNumbers(long @Nullable [] numbers) {
      this.listNumbers = numbers;
      return this;
    }

    /**
     * The batch, its shapes checked.
     *
     * @throws IllegalArgumentException where an array is missing or has another length
     */
    public LossBatch build() {
      int items = lists * listSize;
      if (labels == null || scores == null) {
        throw new IllegalArgumentException("a batch needs labels and scores");
      }
      requireShape("labels", labels.length(), "[%s, %s]".formatted(lists, listSize), items);
      requireShape(
          "scores",
          scores.length(),
          outputs == 1
              ? "[%s, %s]".formatted(lists, listSize)
              : "[%s, %s, %s]".formatted(lists, listSize, outputs),
          Math.multiplyExact(items, outputs));
      if (itemWeights != null && listWeights != null) {
        throw new IllegalArgumentException(
            "a batch has item weights or list weights, got both; multiply them into one");
      }
      if (itemWeights != null) {
        requireShape(
            "itemWeights", itemWeights.length(), "[%s, %s]".formatted(lists, listSize), items);
      }
      if (listWeights != null) {
        requireShape("listWeights", listWeights.length(), "[%s, 1]".formatted(lists), lists);
      }
      if (listNumbers != null) {
        requireShape("listNumbers", listNumbers.length, "[%s]".formatted(lists), lists);
      }
      if (mask != null) {
        requireShape("mask", mask.length, "[%s, %s]".formatted(lists, listSize), items);
      }
      if (positions != null) {
        requireShape("positions", positions.length, "[%s, %s]".formatted(lists, listSize), items);
      }
      return new LossBatch(this, labels, scores);
    }

    private static void requireShape(String name, int length, String shape, int expected) {
      if (length != expected) {
        throw new IllegalArgumentException(
            "%s must have shape %s, %s values, got %s".formatted(name, shape, expected, length));
      }
    }
  }
}
