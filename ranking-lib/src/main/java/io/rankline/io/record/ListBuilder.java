package io.rankline.io.record;

import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ColumnBuilder;
import io.rankline.io.example.FeatureSink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The arrays of one list while a record is read into them. */
final class ListBuilder {

  private final ListLayout layout;
  private final ColumnBuilder[] contextColumns;
  private final ColumnBuilder[] exampleColumns;
  private final int contextWidth;
  private final int exampleWidth;
  private int size;
  private int originalSize;
  private float[] context = {};
  private float[] examples = {};
  private float[] labels = {};
  private float[] weights = {};

  ListBuilder(RecordSpec spec, ListLayout layout) {
    this.layout = layout;
    this.contextWidth = layout.contextWidth();
    this.exampleWidth = layout.exampleWidth();
    this.contextColumns = columns(spec.context().values());
    this.exampleColumns = columns(spec.examples().values());
  }

  void start(int newSize, int newOriginalSize) throws CorruptRecordException {
    long cells = (long) newSize * Math.max(exampleWidth, layout.labels().size());
    if (cells > Integer.MAX_VALUE - 16) {
      throw new CorruptRecordException(
          "a list of %s items times %s columns does not fit into one array; set list_size"
              .formatted(newSize, exampleWidth));
    }
    size = newSize;
    originalSize = newOriginalSize;
    context = new float[contextWidth];
    examples = new float[newSize * exampleWidth];
    labels = new float[newSize * layout.labels().size()];
    weights = new float[layout.weights().count(newSize)];
    for (ColumnBuilder column : contextColumns) {
      column.reset(1);
    }
    for (ColumnBuilder column : exampleColumns) {
      column.reset(newSize);
    }
  }

  FeatureSink contextSink() {
    return new FeatureSink(context, contextWidth, labels, weights, 1, contextColumns);
  }

  FeatureSink exampleSink() {
    return new FeatureSink(examples, exampleWidth, labels, weights, size, exampleColumns);
  }

  RankingList build() {
    return new RankingList(
        layout,
        size,
        originalSize,
        context,
        examples,
        labels,
        weights,
        built(contextColumns),
        built(exampleColumns));
  }

  private static ColumnBuilder[] columns(Collection<FeatureSpec> features) {
    return features.stream()
        .filter(feature -> !RecordSpec.isDense(feature))
        .map(feature -> new ColumnBuilder(feature.dtype()))
        .toArray(ColumnBuilder[]::new);
  }

  private static List<ValueColumn> built(ColumnBuilder[] columns) {
    List<ValueColumn> result = new ArrayList<>(columns.length);
    for (ColumnBuilder column : columns) {
      result.add(column.build());
    }
    return result;
  }
}
