package io.rankline.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link ListBatch} of lists: truncates or pads each to one length.
 *
 * <p>Not safe for use by several threads at once where items are shuffled.
 */
public final class ListBatcher {

  private final ListSize listSize;
  private final boolean binaryLabels;
  private final @Nullable SplittableRandom shuffle;

  private ListBatcher(Builder builder) {
    this.listSize = builder.listSize;
    this.binaryLabels = builder.binaryLabels;
    this.shuffle = builder.shuffleSeed == null ? null : new SplittableRandom(builder.shuffleSeed);
  }

  /**
   * A batcher that pads to the longest list of each batch and leaves items and labels as they are.
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The batch of these lists, in their order.
   *
   * @param lists at least one, all of one layout
   * @throws IllegalArgumentException for no list, or lists of different layouts
   */
  public ListBatch batch(List<RankingList> lists) {
    if (lists.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one list");
    }
    ListLayout layout = lists.get(0).layout();
    List<RankingList> cut = new ArrayList<>(lists.size());
    int longest = 0;
    for (RankingList list : lists) {
      if (!list.layout().equals(layout) && !sameNames(list.layout(), layout)) {
        throw new IllegalArgumentException("all lists of a batch must have one layout");
      }
      RankingList items = shuffle == null ? list : list.shuffled(shuffle);
      cut.add(items.truncated(listSize));
      longest = Math.max(longest, list.size());
    }
    return assemble(layout, cut, listSize.padded(longest));
  }

  private ListBatch assemble(ListLayout layout, List<RankingList> lists, int length) {
    int b = lists.size();
    int f = layout.exampleWidth();
    int c = layout.contextWidth();
    int tasks = layout.labels().size();
    float[] context = new float[b * c];
    float[] examples = new float[Math.multiplyExact(Math.multiplyExact(b, length), f)];
    boolean[] mask = new boolean[b * length];
    int[] sizes = new int[b];
    float[] labels = new float[tasks * b * length];
    Arrays.fill(labels, ListBatch.PADDING_LABEL);
    int weightWidth = layout.weights().count(length);
    float[] weights = new float[b * weightWidth];
    float[] paddingRow = layout.paddingRow();

    for (int q = 0; q < b; q++) {
      RankingList list = lists.get(q);
      int size = list.size();
      int base = q * length;
      sizes[q] = list.originalSize();
      System.arraycopy(list.context(), 0, context, q * c, c);
      System.arraycopy(list.examples(), 0, examples, base * f, size * f);
      for (int i = size; i < length; i++) {
        System.arraycopy(paddingRow, 0, examples, (base + i) * f, f);
      }
      Arrays.fill(mask, base, base + size, true);
      System.arraycopy(list.weights(), 0, weights, q * weightWidth, list.weights().length);
      for (int t = 0; t < tasks; t++) {
        int to = (t * b + q) * length;
        for (int i = 0; i < size; i++) {
          float label = list.label(t, i);
          labels[to + i] = binaryLabels && label > 0 ? 1 : label;
        }
      }
    }
    return new ListBatch(
        layout,
        b,
        length,
        context,
        examples,
        mask,
        sizes,
        labels,
        weights,
        contextColumns(layout, lists),
        exampleColumns(layout, lists, length));
  }

  private static List<ValueColumn> contextColumns(ListLayout layout, List<RankingList> lists) {
    List<ValueColumn> columns = new ArrayList<>();
    for (int k = 0; k < layout.contextColumns().size(); k++) {
      ValueColumn[] parts = new ValueColumn[lists.size()];
      for (int q = 0; q < parts.length; q++) {
        parts[q] = lists.get(q).contextColumns().get(k);
      }
      columns.add(ValueColumn.concat(parts));
    }
    return columns;
  }

  private static List<ValueColumn> exampleColumns(
      ListLayout layout, List<RankingList> lists, int length) {
    List<ValueColumn> columns = new ArrayList<>();
    for (int k = 0; k < layout.exampleColumns().size(); k++) {
      ValueColumn padding = layout.exampleColumns().get(k).padding();
      List<ValueColumn> parts = new ArrayList<>(2 * lists.size());
      for (RankingList list : lists) {
        parts.add(list.exampleColumns().get(k));
        if (list.size() < length) {
          parts.add(padding.select(new int[length - list.size()]));
        }
      }
      columns.add(ValueColumn.concat(parts.toArray(new ValueColumn[0])));
    }
    return columns;
  }

  private static boolean sameNames(ListLayout left, ListLayout right) {
    return left.contextDense().equals(right.contextDense())
        && left.exampleDense().equals(right.exampleDense())
        && left.labels().equals(right.labels())
        && left.weights() == right.weights()
        && names(left.contextColumns()).equals(names(right.contextColumns()))
        && names(left.exampleColumns()).equals(names(right.exampleColumns()));
  }

  private static List<String> names(List<ColumnLayout> columns) {
    return columns.stream().map(ColumnLayout::name).toList();
  }

  /** Options of a {@link ListBatcher}. */
  public static final class Builder {
    private ListSize listSize = ListSize.ALL;
    private boolean binaryLabels;
    private @Nullable Long shuffleSeed;

    private Builder() {}

    /** As {@link #listSize(ListSize)}, 0 for all items. */
    public Builder listSize(int items) {
      return listSize(new ListSize(items));
    }

    /**
     * Pads or truncates every list to this length. Without it, or for all items, a batch is as long
     * as its longest list (TF-Ranking's {@code list_size=None}).
     */
    public Builder listSize(ListSize size) {
      this.listSize = size;
      return this;
    }

    /** Makes every label above 0 a 1 and leaves the others, padding included, as they are. */
    public Builder convertLabelsToBinary() {
      this.binaryLabels = true;
      return this;
    }

    /**
     * Shuffles the items of each list before truncation, so that truncation becomes sampling; equal
     * seeds give equal batches for equal input.
     */
    public Builder shuffleExamples(long seed) {
      this.shuffleSeed = seed;
      return this;
    }

    /** The batcher. */
    public ListBatcher build() {
      return new ListBatcher(this);
    }
  }
}
