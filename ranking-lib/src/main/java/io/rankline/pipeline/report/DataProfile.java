package io.rankline.pipeline.report;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import java.io.Serializable;
import java.util.Collections;
import java.util.Locale;
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
 * @param unlabelled number of labels below 0, all tasks together: their items are left out
 */
public record DataProfile(
    String name, SortedMap<Integer, Long> sizes, SortedMap<Double, Long> labels, long unlabelled) {

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

  /** Says which labels leave items out, as {@code 3 of 12 labels are below 0}; empty for none. */
  public String leftOut() {
    long all = unlabelled + labels.values().stream().mapToLong(Long::longValue).sum();
    return unlabelled == 0
        ? ""
        : String.format(Locale.ROOT, "%,d of %,d labels are below 0: left out", unlabelled, all);
  }

  /** Collects lists; safe for several threads. */
  public static final class Builder implements Serializable {

    private static final long serialVersionUID = 1;

    private final SortedMap<Integer, Long> sizes = new TreeMap<>();
    private final SortedMap<Double, Long> labels = new TreeMap<>();
    private long unlabelled;

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
        if (label < 0) {
          unlabelled++;
        } else if (!Float.isInfinite(label)) {
          labels.merge(rounded(label), 1L, Long::sum);
        }
      }
    }

    /** Takes the lists of a batch in. */
    public synchronized void add(ListBatch batch) {
      int length = batch.listSize();
      long items = 0;
      for (int b = 0; b < batch.batchSize(); b++) {
        int size = 0;
        while (size < length && batch.mask()[b * length + size]) {
          size++;
        }
        sizes.merge(size, 1L, Long::sum);
        items += size;
      }
      count(batch.labels());
      // Padding has labels below 0, too.
      long padding = (long) length * batch.batchSize() - items;
      unlabelled -= padding * batch.layout().labels().size();
    }

    /** Takes in what another one has collected. */
    public synchronized void add(Builder other) {
      other.sizes.forEach((size, lists) -> sizes.merge(size, lists, Long::sum));
      other.labels.forEach((label, items) -> labels.merge(label, items, Long::sum));
      unlabelled += other.unlabelled;
    }

    /** The data set so far. */
    public synchronized DataProfile build(String name) {
      return new DataProfile(name, sizes, labels, unlabelled);
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
