package io.rankline.io.example;

import io.rankline.data.BytesColumn;
import io.rankline.data.FloatColumn;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.feature.DType;
import io.rankline.feature.RecordSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the rows of a list as Examples, by the slots that would read them back. A float that is
 * NaN, and a feature of no value, are left out. Not for several threads at once.
 */
public final class ExampleEncoder {

  private final List<FeatureSlot> contextSlots;
  private final List<FeatureSlot> exampleSlots;
  private final ListLayout layout;
  private final long[] number = new long[1];

  /** An encoder of lists that have the layout of {@code spec}. */
  public ExampleEncoder(RecordSpec spec) {
    this.layout = spec.layout();
    this.contextSlots = FeatureSlot.ofContext(spec, layout);
    this.exampleSlots = FeatureSlot.ofExamples(spec, layout);
  }

  /** Adds the context of a list. */
  public void context(RankingList list, ExampleWriter example) {
    for (FeatureSlot slot : contextSlots) {
      addContext(slot, list, example);
    }
  }

  /** Adds one item of a list, without the context. */
  public void item(RankingList list, int item, ExampleWriter example) {
    for (FeatureSlot slot : exampleSlots) {
      switch (slot.target()) {
        case DENSE ->
            addNumbers(example, slot, list.examples(), item * layout.exampleWidth() + slot.index());
        case LABEL -> addNumbers(example, slot, list.labels(), slot.index() * list.size() + item);
        case WEIGHT -> addNumbers(example, slot, list.weights(), item);
        case COLUMN -> addRow(example, slot, list.exampleColumns().get(slot.index()), item);
      }
    }
  }

  /** Adds one item together with the context; the item's features win where names are equal. */
  public void itemWithContext(RankingList list, int item, ExampleWriter example) {
    for (FeatureSlot slot : contextSlots) {
      boolean isOfItem =
          exampleSlots.stream()
              .anyMatch(own -> own.name().equals(slot.name()) && isThere(own, list, item));
      if (!isOfItem) {
        addContext(slot, list, example);
      }
    }
    item(list, item, example);
  }

  private void addContext(FeatureSlot slot, RankingList list, ExampleWriter example) {
    switch (slot.target()) {
      case DENSE -> addNumbers(example, slot, list.context(), slot.index());
      case WEIGHT -> addNumbers(example, slot, list.weights(), 0);
      case COLUMN -> addRow(example, slot, list.contextColumns().get(slot.index()), 0);
      case LABEL -> throw new IllegalStateException("a label is no context feature");
    }
  }

  private boolean isThere(FeatureSlot slot, RankingList list, int item) {
    ExampleWriter alone = new ExampleWriter();
    if (slot.target() == FeatureSlot.Target.COLUMN) {
      addRow(alone, slot, list.exampleColumns().get(slot.index()), item);
    } else if (slot.target() == FeatureSlot.Target.DENSE) {
      addNumbers(alone, slot, list.examples(), item * layout.exampleWidth() + slot.index());
    } else {
      return true;
    }
    return !alone.isEmpty();
  }

  /** NaN stands for a value that the record did not hold, so the feature is left out again. */
  private void addNumbers(ExampleWriter example, FeatureSlot slot, float[] numbers, int from) {
    if (slot.dtype() == DType.FLOAT32) {
      for (int i = from; i < from + slot.width(); i++) {
        if (Float.isNaN(numbers[i])) {
          return;
        }
      }
      example.floats(slot.name(), numbers, from, slot.width());
    } else {
      number[0] = (long) numbers[from];
      example.longs(slot.name(), number, 0, 1);
    }
  }

  /** A row without values is a feature that the record did not hold. */
  private static void addRow(ExampleWriter example, FeatureSlot slot, ValueColumn column, int row) {
    int count = column.count(row);
    if (count == 0) {
      return;
    }
    if (column instanceof FloatColumn floats) {
      example.floats(slot.name(), floats.values(), column.start(row), count);
    } else if (column instanceof LongColumn longs) {
      example.longs(slot.name(), longs.values(), column.start(row), count);
    } else if (column instanceof BytesColumn strings) {
      List<byte[]> values = new ArrayList<>(count);
      for (int v = column.start(row); v < column.end(row); v++) {
        values.add(strings.value(v));
      }
      example.strings(slot.name(), values);
    }
  }
}
