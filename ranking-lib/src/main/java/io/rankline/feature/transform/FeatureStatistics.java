package io.rankline.feature.transform;

import io.rankline.data.ColumnLayout;
import io.rankline.data.DenseColumns;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What is known of the fixed-length number features of a data set; mergeable. Of a feature that has
 * transforms, the values are those that its first transform that is not fitted would read.
 *
 * <p>Missing values (NaN) count apart. Values of a feature that stands in the context and in the
 * examples count together.
 *
 * <p>Not safe for use by several threads at once; each fills its own, and they are merged.
 */
public final class FeatureStatistics implements Serializable {

  private static final long serialVersionUID = 1;

  private final TreeMap<String, TransformChain> chains;
  private final TreeMap<String, ArrayList<ColumnStatistics>> columns = new TreeMap<>();

  /** Values of each column, of features whose transform needs more than the statistics. */
  private final TreeMap<String, List<ValueSample>> samples = new TreeMap<>();

  /** Of no list. */
  public FeatureStatistics() {
    this(Map.of());
  }

  /**
   * Of no list.
   *
   * @param chains transforms by feature name
   */
  public FeatureStatistics(Map<String, TransformChain> chains) {
    this.chains = new TreeMap<>(chains);
  }

  /** Adds the items of a list, and its context. */
  public void add(RankingList list) {
    ListLayout layout = list.layout();
    int[] context = {0};
    int[] items = IntStream.range(0, list.size()).toArray();
    for (DenseColumns feature : layout.contextDense()) {
      NumberColumns source = NumberColumns.ofContext(layout, feature.name(), feature.width());
      add(source, list.context(), list.contextColumns(), context);
    }
    for (DenseColumns feature : layout.exampleDense()) {
      NumberColumns source = NumberColumns.ofExamples(layout, feature.name(), feature.width());
      add(source, list.examples(), list.exampleColumns(), items);
    }
    for (ColumnLayout feature : layout.contextColumns()) {
      if (isIntegers(feature)) {
        NumberColumns source = NumberColumns.ofContext(layout, feature.name(), width(feature));
        add(source, list.context(), list.contextColumns(), context);
      }
    }
    for (ColumnLayout feature : layout.exampleColumns()) {
      if (isIntegers(feature)) {
        NumberColumns source = NumberColumns.ofExamples(layout, feature.name(), width(feature));
        add(source, list.examples(), list.exampleColumns(), items);
      }
    }
  }

  /** Adds what another one has seen. */
  public void merge(FeatureStatistics other) {
    other.columns.forEach(this::merge);
    other.samples.forEach(
        (name, theirs) -> {
          List<ValueSample> own = samples(name, theirs.size());
          for (int c = 0; c < own.size(); c++) {
            own.get(c).addAll(theirs.get(c));
          }
        });
  }

  /** Statistics of each column of each feature, by name. */
  public SortedMap<String, List<ColumnStatistics>> features() {
    SortedMap<String, List<ColumnStatistics>> result = new TreeMap<>();
    columns.forEach((name, statistics) -> result.put(name, List.copyOf(statistics)));
    return Collections.unmodifiableSortedMap(result);
  }

  /**
   * The transforms, each with its first one that is not fitted fitted to what was seen.
   *
   * @throws IllegalArgumentException if a feature to be fitted had no value
   */
  public SortedMap<String, TransformChain> fit() {
    SortedMap<String, TransformChain> fitted = new TreeMap<>();
    SortedMap<String, List<ColumnStatistics>> seen = features();
    chains.forEach(
        (name, chain) ->
            fitted.put(
                name,
                chain.fit(
                    name,
                    seen.getOrDefault(name, List.of()),
                    samples.getOrDefault(name, List.of()))));
    return fitted;
  }

  private void add(NumberColumns source, float[] dense, List<ValueColumn> own, int[] rows) {
    TransformChain chain = chains.getOrDefault(source.name(), TransformChain.IDENTITY);
    float[] seen = chain.applyFitted(source.read(dense, own, rows), rows.length, source.width());
    int width = rows.length == 0 ? 0 : seen.length / rows.length;
    List<ColumnStatistics> added = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      added.add(ColumnStatistics.of(seen, rows.length, width, c));
    }
    merge(source.name(), added);
    if (chain.needsSamples()) {
      List<ValueSample> values = samples(source.name(), width);
      for (int i = 0; i < seen.length; i++) {
        if (!Float.isNaN(seen[i])) {
          values.get(i % width).add(seen[i]);
        }
      }
    }
  }

  private List<ValueSample> samples(String name, int width) {
    List<ValueSample> own = samples.computeIfAbsent(name, unknown -> new ArrayList<>());
    while (own.size() < width) {
      own.add(new ValueSample(SampledTransform.SAMPLE));
    }
    return own;
  }

  /** Integers of a fixed length: padding has as many as an item. */
  private static boolean isIntegers(ColumnLayout feature) {
    return feature.padding() instanceof LongColumn && width(feature) > 0;
  }

  private static int width(ColumnLayout feature) {
    return feature.padding().count(0);
  }

  private void merge(String name, List<ColumnStatistics> added) {
    ArrayList<ColumnStatistics> known = columns.computeIfAbsent(name, key -> new ArrayList<>());
    if (known.isEmpty()) {
      known.addAll(added);
    } else if (!added.isEmpty()) {
      if (known.size() != added.size()) {
        throw new IllegalArgumentException(
            "feature '%s' has %s columns in some lists and %s in others"
                .formatted(name, known.size(), added.size()));
      }
      for (int c = 0; c < added.size(); c++) {
        known.set(c, known.get(c).merge(added.get(c)));
      }
    }
  }
}
