package io.rankline.spark.source.write;

import io.rankline.data.ColumnLayout;
import io.rankline.data.DenseColumns;
import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.spark.source.schema.ColumnRole;
import io.rankline.spark.source.schema.SourceColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.jspecify.annotations.Nullable;

/** Builds lists from rows: from one that holds a whole list, or from one for each item. */
final class ListAssembler {

  private final WritePlan plan;
  private final ListLayout layout;
  private final List<InputColumn> contextInputs = new ArrayList<>();
  private final List<InputColumn> exampleInputs = new ArrayList<>();
  private final Map<InputColumn, FeatureCollector[]> collectors = new HashMap<>();
  private final Map<String, FeatureCollector> contextByName = new HashMap<>();
  private final Map<String, FeatureCollector> exampleByName = new HashMap<>();
  private int size;

  ListAssembler(WritePlan plan) {
    this.plan = plan;
    this.layout = plan.encodedSpec().layout();
    for (InputColumn input : plan.columns()) {
      boolean ofItems = input.column().isOfItems();
      (ofItems ? exampleInputs : contextInputs).add(input);
      FeatureCollector[] ofColumn =
          input.column().features().stream()
              .map(feature -> new FeatureCollector(feature, input.valueType(), ofItems))
              .toArray(FeatureCollector[]::new);
      collectors.put(input, ofColumn);
      for (FeatureCollector collector : ofColumn) {
        (ofItems ? exampleByName : contextByName).put(collector.feature().name(), collector);
      }
    }
  }

  /**
   * The list that a row holds; positions that the mask leaves out are dropped.
   *
   * @throws RowFault for values that no record holds
   */
  RankingList ofRow(InternalRow row) {
    start(row);
    ArrayData[] arrays = new ArrayData[exampleInputs.size()];
    for (int c = 0; c < arrays.length; c++) {
      int ordinal = exampleInputs.get(c).ordinal();
      arrays[c] = row.isNullAt(ordinal) ? null : row.getArray(ordinal);
    }
    ArrayData mask =
        plan.mask() == WritePlan.NONE || row.isNullAt(plan.mask())
            ? null
            : row.getArray(plan.mask());
    int length = commonLength(arrays, mask);
    for (int i = 0; i < length; i++) {
      if (mask == null || (!mask.isNullAt(i) && mask.getBoolean(i))) {
        for (int c = 0; c < arrays.length; c++) {
          add(exampleInputs.get(c), arrays[c], i);
        }
        size++;
      }
    }
    return build();
  }

  /** Starts a list whose items come one by one, with the context of {@code row}. */
  void start(InternalRow row) {
    contextByName.values().forEach(FeatureCollector::clear);
    exampleByName.values().forEach(FeatureCollector::clear);
    size = 0;
    for (InputColumn input : contextInputs) {
      add(input, row, input.ordinal());
    }
  }

  /** Adds an item. */
  void addItem(InternalRow row) {
    for (InputColumn input : exampleInputs) {
      add(input, row, input.ordinal());
    }
    size++;
  }

  /** The columns that hold the same in every item of a query. */
  List<InputColumn> contextInputs() {
    return contextInputs;
  }

  /** The list collected. */
  RankingList build() {
    float[] context = new float[layout.contextWidth()];
    float[] examples = new float[Math.multiplyExact(size, layout.exampleWidth())];
    fill(context, layout.contextDense(), contextByName, layout.contextWidth());
    fill(examples, layout.exampleDense(), exampleByName, layout.exampleWidth());
    return new RankingList(
        layout,
        size,
        size,
        context,
        examples,
        new float[0],
        new float[0],
        columns(layout.contextColumns(), contextByName),
        columns(layout.exampleColumns(), exampleByName));
  }

  private void add(InputColumn input, @Nullable SpecializedGetters from, int at) {
    FeatureCollector[] ofColumn = collectorsOf(input);
    if (input.column().role() == ColumnRole.CONTEXT
        || input.column().role() == ColumnRole.EXAMPLE) {
      if (from == null) {
        ofColumn[0].addMissing();
      } else {
        ofColumn[0].add(from, at);
      }
      return;
    }
    ArrayData values = from == null || from.isNullAt(at) ? null : from.getArray(at);
    int width = 0;
    for (FeatureCollector collector : ofColumn) {
      width += collector.feature().width();
    }
    if (values != null && values.numElements() != width) {
      throw new RowFault(
          "column '%s' holds %s values for item %s, but its metadata names %s"
              .formatted(input.name(), values.numElements(), size, width));
    }
    int offset = 0;
    for (FeatureCollector collector : ofColumn) {
      if (values == null) {
        collector.addMissing();
      } else {
        collector.addSlice(values, offset);
      }
      offset += collector.feature().width();
    }
  }

  private FeatureCollector[] collectorsOf(InputColumn input) {
    FeatureCollector[] found = collectors.get(input);
    if (found == null) {
      throw new IllegalStateException("column '%s' is not of this plan".formatted(input.name()));
    }
    return found;
  }

  /** The number of positions that all arrays have; a column that is null as a whole has any. */
  private int commonLength(@Nullable ArrayData[] arrays, @Nullable ArrayData mask) {
    String first = SourceColumn.MASK_NAME;
    int length = mask == null ? -1 : mask.numElements();
    for (int c = 0; c < arrays.length; c++) {
      ArrayData array = arrays[c];
      if (array == null) {
        continue;
      }
      String name = exampleInputs.get(c).name();
      if (length == -1) {
        first = name;
        length = array.numElements();
      } else if (array.numElements() != length) {
        throw new RowFault(
            "column '%s' holds %s items, but column '%s' holds %s"
                .formatted(name, array.numElements(), first, length));
      }
    }
    return Math.max(length, 0);
  }

  private static void fill(
      float[] block, List<DenseColumns> columns, Map<String, FeatureCollector> byName, int stride) {
    for (DenseColumns column : columns) {
      FeatureCollector collector = byName.get(column.name());
      if (collector != null) {
        collector.fill(block, stride, column.offset());
      }
    }
  }

  private static List<ValueColumn> columns(
      List<ColumnLayout> layouts, Map<String, FeatureCollector> byName) {
    List<ValueColumn> columns = new ArrayList<>();
    for (ColumnLayout column : layouts) {
      FeatureCollector collector = byName.get(column.name());
      if (collector != null) {
        columns.add(collector.build());
      }
    }
    return columns;
  }
}
