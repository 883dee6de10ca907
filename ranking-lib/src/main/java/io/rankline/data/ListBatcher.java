package io.rankline.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pads lists to one length, which makes them a {@link ListBatch}. Longer ones are truncated.
 *
 * @param listSize that length; for all items (TF-Ranking's {@code list_size=None}), a batch is as
 *     long as its longest list
 */
public record ListBatcher(ListSize listSize) implements Serializable {

  /**
   * The batch of these lists, in their order.
   *
   * @param lists at least one, all of one layout
   * @throws IllegalArgumentException for no list, or lists of different layouts
   */
  public ListBatch batch(List<RankingList> lists) {
    return batch(lists, 0);
  }

  /**
   * As {@link #batch(List)}, where the longest list may be elsewhere.
   *
   * @param longest items of the longest list that the length is to hold for, where all items count
   */
  public ListBatch batch(List<RankingList> lists, int longest) {
    if (lists.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one list");
    }
    ListLayout layout = lists.get(0).layout();
    List<RankingList> cut = new ArrayList<>(lists.size());
    for (RankingList list : lists) {
      if (!list.layout().equals(layout) && !sameNames(list.layout(), layout)) {
        throw new IllegalArgumentException("all lists of a batch must have one layout");
      }
      cut.add(list.truncated(listSize));
    }
    return assemble(layout, cut, Math.max(longest, length(lists)));
  }

  /** Length L of the batch of these lists. */
  public int length(List<RankingList> lists) {
    return listSize.padded(lists.stream().mapToInt(RankingList::size).max().orElse(0));
  }

  private static ListBatch assemble(ListLayout layout, List<RankingList> lists, int length) {
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
        System.arraycopy(list.labels(), t * size, labels, to, size);
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
}
