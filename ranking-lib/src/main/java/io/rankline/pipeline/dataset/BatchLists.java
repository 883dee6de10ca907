package io.rankline.pipeline.dataset;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.data.WeightLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes a batch apart into its lists, for those who work list by list. */
public final class BatchLists {

  private BatchLists() {}

  public static List<RankingList> of(ListBatch batch) {
    List<RankingList> lists = new ArrayList<>(batch.batchSize());
    for (int b = 0; b < batch.batchSize(); b++) {
      lists.add(list(batch, b));
    }
    return lists;
  }

  private static RankingList list(ListBatch batch, int b) {
    int c = batch.layout().contextWidth();
    int f = batch.layout().exampleWidth();
    int start = b * batch.listSize();
    int size = 0;
    while (size < batch.listSize() && batch.mask()[start + size]) {
      size++;
    }
    int tasks = batch.layout().labels().size();
    float[] labels = new float[tasks * size];
    for (int t = 0; t < tasks; t++) {
      int from = t * batch.mask().length + start;
      System.arraycopy(batch.labels(), from, labels, t * size, size);
    }
    int[] rows = new int[size];
    Arrays.setAll(rows, i -> start + i);
    return new RankingList(
        batch.layout(),
        size,
        Math.max(size, batch.sizes()[b]),
        Arrays.copyOfRange(batch.context(), b * c, (b + 1) * c),
        Arrays.copyOfRange(batch.examples(), start * f, (start + size) * f),
        labels,
        weights(batch, b, start, size),
        select(batch.contextColumns(), new int[] {b}),
        select(batch.exampleColumns(), rows));
  }

  private static float[] weights(ListBatch batch, int b, int start, int size) {
    WeightLayout layout = batch.layout().weights();
    return switch (layout) {
      case NONE -> new float[0];
      case PER_LIST -> new float[] {batch.weights()[b]};
      case PER_ITEM -> Arrays.copyOfRange(batch.weights(), start, start + size);
    };
  }

  private static List<ValueColumn> select(List<ValueColumn> columns, int[] rows) {
    return columns.stream().map(column -> column.select(rows)).toList();
  }
}
