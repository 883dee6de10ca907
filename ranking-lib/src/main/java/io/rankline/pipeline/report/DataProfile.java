package io.rankline.pipeline.report;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a data set is made of: how long its lists are and which labels they hold.
 *
 * @param name of the data set, such as "train"
 * @param sizes number of lists of each size
 * @param labels number of items of each label, all tasks together; those without one left out.
 *     Labels are rounded to two decimals, and large ones to three digits, so that continuous labels
 *     stay few
 */
public record DataProfile(
    String name, SortedMap<Integer, Long> sizes, SortedMap<Double, Long> labels) {

  public DataProfile {
    sizes = Collections.unmodifiableSortedMap(new TreeMap<>(sizes));
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** Number of lists. */
  public long lists() {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Number of items. */
  public long items() {
    return sizes.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue()).sum();
  }

  /** Collects lists; safe for several threads. */
  public static final class Builder implements Serializable {

    private static final long serialVersionUID = 1;

    private final SortedMap<Integer, Long> sizes = new TreeMap<>();
    private final SortedMap<Double, Long> labels = new TreeMap<>();

    /** Takes a list in. */
    public void add(RankingList list) {
      add(list.size(), list.labels());
    }

    /**
     * Takes a list in.
     *
     * @param size number of its items
     * @param itemLabels of its items; those below 0 say that there is no label
     */
    public synchronized void add(int size, float[] itemLabels) {
      sizes.merge(size, 1L, Long::sum);
      count(itemLabels);
    }

    private void count(float[] itemLabels) {
      for (float label : itemLabels) {
        if (label >= 0 && !Float.isInfinite(label)) {
          labels.merge(rounded(label), 1L, Long::sum);
        }
      }
    }

    /** Takes the lists of a batch in. */
    public synchronized void add(ListBatch batch) {
      int length = batch.listSize();
      for (int b = 0; b < batch.batchSize(); b++) {
        int size = 0;
        while (size < length && batch.mask()[b * length + size]) {
          size++;
        }
        sizes.merge(size, 1L, Long::sum);
      }
      // Padding has labels below 0.
      count(batch.labels());
    }

    /** Takes in what another one has collected. */
    public synchronized void add(Builder other) {
      other.sizes.forEach((size, lists) -> sizes.merge(size, lists, Long::sum));
      other.labels.forEach((label, items) -> labels.merge(label, items, Long::sum));
    }

    /** The data set so far. */
    public synchronized DataProfile build(String name) {
      return new DataProfile(name, sizes, labels);
    }

    private static double rounded(double label) {
      if (label < 10) {
        return Math.round(label * 100) / 100.0;
      }
      double unit = Math.pow(10, Math.floor(Math.log10(label)) - 2);
      return Math.round(label / unit) * unit;
    }
  }
}
