package io.rankline.feature.profile;

import io.rankline.data.ColumnLayout;
import io.rankline.data.DenseColumns;
import io.rankline.data.FloatColumn;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.text.Option;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the lists of a data set look like: their sizes, and each feature by itself.
 *
 * @param lists how many were seen
 * @param sizes of them, from the smallest to the largest in even steps of lists
 * @param context features of the query by name
 * @param examples features of the items by name
 */
public record InputProfile(
    @Option(meaning = "how many lists were seen") long lists,
    @Option(meaning = "quantiles of their sizes") List<Integer> sizes,
    @Option(fallback = "{}", meaning = "features of the query")
        SortedMap<String, ColumnProfile> context,
    @Option(fallback = "{}", meaning = "features of the items")
        SortedMap<String, ColumnProfile> examples)
    implements Serializable {

  public InputProfile {
    sizes = List.copyOf(sizes);
    context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
    examples = Collections.unmodifiableSortedMap(new TreeMap<>(examples));
  }

  /** Collects lists of one layout. */
  public static final class Builder {

    private final ListLayout layout;
    private final Sample sizes = new Sample();
    private final SortedMap<String, Column> context = new TreeMap<>();
    private final SortedMap<String, Column> examples = new TreeMap<>();

    /** For lists of this layout. */
    public Builder(ListLayout layout) {
      this.layout = layout;
    }

    /** Takes a list in. */
    public void add(RankingList list) {
      sizes.add(list.size());
      dense(context, layout.contextDense(), list.context(), 1, layout.contextWidth());
      // What a data set computes for each item stands behind what it read.
      int width = list.layout().exampleWidth();
      dense(examples, layout.exampleDense(), list.examples(), list.size(), width);
      columns(context, layout.contextColumns(), list.contextColumns());
      columns(examples, layout.exampleColumns(), list.exampleColumns());
    }

    /** The profile so far. */
    public InputProfile build() {
      return new InputProfile(
          sizes.seen(), sizes.wholeQuantiles(), profiles(context), profiles(examples));
    }

    private static void dense(
        SortedMap<String, Column> columns,
        List<DenseColumns> features,
        float[] values,
        int rows,
        int width) {
      for (DenseColumns feature : features) {
        Column column = columns.computeIfAbsent(feature.name(), name -> new Column());
        column.width = feature.width();
        column.rows += rows;
        for (int r = 0; r < rows; r++) {
          for (int c = 0; c < feature.width(); c++) {
            column.add(values[r * width + feature.offset() + c]);
          }
        }
      }
    }

    private static void columns(
        SortedMap<String, Column> columns, List<ColumnLayout> features, List<ValueColumn> values) {
      for (int k = 0; k < features.size(); k++) {
        Column column = columns.computeIfAbsent(features.get(k).name(), name -> new Column());
        ValueColumn of = values.get(k);
        column.rows += of.rows();
        for (int r = 0; r < of.rows(); r++) {
          column.counts.add(of.count(r));
          for (int v = of.start(r); v < of.end(r); v++) {
            if (of instanceof FloatColumn floats) {
              column.add(floats.values()[v]);
            } else if (of instanceof LongColumn longs) {
              column.add((float) longs.values()[v]);
            }
          }
        }
      }
    }

    private static SortedMap<String, ColumnProfile> profiles(SortedMap<String, Column> columns) {
      SortedMap<String, ColumnProfile> profiles = new TreeMap<>();
      columns.forEach((name, column) -> profiles.put(name, column.profile()));
      return profiles;
    }
  }

  /** A feature while it is collected. */
  private static final class Column {

    private final Sample numbers = new Sample();

    /** Of values in a row, where rows differ. */
    private final Sample counts = new Sample();

    /** Number of values in a row, where all have as many. */
    private int width;

    private long rows;
    private long missing;

    void add(float value) {
      if (Float.isNaN(value)) {
        missing++;
      } else {
        numbers.add(value);
      }
    }

    ColumnProfile profile() {
      long values = missing + numbers.seen();
      return new ColumnProfile(
          rows,
          values == 0 ? 0 : missing / (double) values,
          width > 0 && rows > 0 ? List.of(width) : counts.wholeQuantiles(),
          numbers.quantiles());
    }
  }
}
