package io.rankline.data;

import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One query with its items, as arrays: about 4 bytes a value. N is the number of items held.
 *
 * <p>The arrays are not copied, in or out: the caller hands them over, and readers leave them as
 * they are.
 *
 * @param layout which column holds what
 * @param size N, the number of items held
 * @param originalSize number of items of the query before truncation, at least {@code size}
 * @param context dense context features, shape [C]
 * @param examples dense example features, shape [N, F]
 * @param labels label of each item, shape [T, N]; below 0 where the item has none
 * @param weights shape [N], [1] or [0], as {@link ListLayout#weights} says
 * @param contextColumns as {@link ListLayout#contextColumns} says, each of one row
 * @param exampleColumns as {@link ListLayout#exampleColumns} says, each of N rows
 */
public record RankingList(
    ListLayout layout,
    int size,
    int originalSize,
    float[] context,
    float[] examples,
    float[] labels,
    float[] weights,
    List<ValueColumn> contextColumns,
    List<ValueColumn> exampleColumns)
    implements Serializable {

  public RankingList {
    contextColumns = List.copyOf(contextColumns);
    exampleColumns = List.copyOf(exampleColumns);
    if (originalSize < size) {
      throw new IllegalArgumentException(
          "originalSize must be at least size, %s, got %s".formatted(size, originalSize));
    }
    requireLength("context", layout.contextWidth(), context.length);
    requireLength("examples", Math.multiplyExact(size, layout.exampleWidth()), examples.length);
    requireLength("labels", size * layout.labels().size(), labels.length);
    requireLength("weights", layout.weights().count(size), weights.length);
    requireLength("contextColumns", layout.contextColumns().size(), contextColumns.size());
    requireLength("exampleColumns", layout.exampleColumns().size(), exampleColumns.size());
    for (int c = 0; c < exampleColumns.size(); c++) {
      requireLength(
          "rows of '" + layout.exampleColumns().get(c).name() + "'",
          size,
          exampleColumns.get(c).rows());
    }
  }

  /** Label of item {@code i} in task {@code task}. */
  public float label(int task, int i) {
    return labels[task * size + i];
  }

  /**
   * This list.
   *
   * @throws IllegalArgumentException for a weight that no loss and no metric takes
   */
  public RankingList withUsableWeights() {
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] <= Float.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "weight%s must be 0 or more and finite, got %s"
                .formatted(
                    layout.weights() == WeightLayout.PER_ITEM ? " of item " + i : "", weights[i]));
      }
    }
    return this;
  }

  /** The items that count, or this list where all of them do. */
  public RankingList truncated(ListSize listSize) {
    int count = listSize.of(size);
    return count == size ? this : select(IntStream.range(0, count).toArray());
  }

  /** The same items with every label above 0 as 1, and the others as they are. */
  public RankingList withBinaryLabels() {
    float[] binary = labels.clone();
    for (int i = 0; i < binary.length; i++) {
      binary[i] = binary[i] > 0 ? 1 : binary[i];
    }
    return withLabels(layout.labels(), binary);
  }

  /**
   * The same items with other labels.
   *
   * @param names of the tasks, T of them
   * @param values label of each item, shape [T, N]
   */
  public RankingList withLabels(List<String> names, float[] values) {
    return new RankingList(
        layout.withLabels(names),
        size,
        originalSize,
        context,
        examples,
        values,
        weights,
        contextColumns,
        exampleColumns);
  }

  /**
   * The same items with one more number each.
   *
   * @param wider this layout {@linkplain ListLayout#withExample with one more column}
   * @param values of the items, shape [N]
   */
  public RankingList withExample(ListLayout wider, float[] values) {
    int width = layout.exampleWidth();
    float[] more = new float[size * (width + 1)];
    for (int i = 0; i < size; i++) {
      System.arraycopy(examples, i * width, more, i * (width + 1), width);
      more[i * (width + 1) + width] = values[i];
    }
    return new RankingList(
        wider, size, originalSize, context, more, labels, weights, contextColumns, exampleColumns);
  }

  /** The same items without weights, each counting alike. */
  public RankingList withoutWeights() {
    return layout.weights() == WeightLayout.NONE
        ? this
        : new RankingList(
            layout.withoutWeights(),
            size,
            originalSize,
            context,
            examples,
            labels,
            new float[0],
            contextColumns,
            exampleColumns);
  }

  /** The same items in an order drawn from {@code random} (Fisher and Yates). */
  public RankingList shuffled(RandomGenerator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return select(order);
  }

  /**
   * The items named, in that order; {@link #originalSize} stays.
   *
   * @param items positions in [0, N), each at most once
   */
  public RankingList select(int[] items) {
    int width = layout.exampleWidth();
    int tasks = layout.labels().size();
    int count = items.length;
    float[] selectedExamples = new float[count * width];
    float[] selectedLabels = new float[count * tasks];
    float[] selectedWeights = weights;
    if (layout.weights() == WeightLayout.PER_ITEM) {
      selectedWeights = new float[count];
      for (int i = 0; i < count; i++) {
        selectedWeights[i] = weights[items[i]];
      }
    }
    for (int i = 0; i < count; i++) {
      System.arraycopy(examples, items[i] * width, selectedExamples, i * width, width);
      for (int t = 0; t < tasks; t++) {
        selectedLabels[t * count + i] = labels[t * size + items[i]];
      }
    }
    return new RankingList(
        layout,
        count,
        originalSize,
        context,
        selectedExamples,
        selectedLabels,
        selectedWeights,
        contextColumns,
        exampleColumns.stream().map(column -> column.select(items)).toList());
  }

  private static void requireLength(String name, int expected, int actual) {
    if (expected != actual) {
      throw new IllegalArgumentException(
          "%s must have length %s, got %s".formatted(name, expected, actual));
    }
  }
}
