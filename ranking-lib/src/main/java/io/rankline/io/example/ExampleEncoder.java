package io.rankline.io.example;

import com.google.protobuf.ByteString;
import io.rankline.data.BytesColumn;
import io.rankline.data.FloatColumn;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.feature.DType;
import io.rankline.feature.RecordSpec;
import io.rankline.io.proto.BytesList;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.Feature;
import io.rankline.io.proto.Features;
import io.rankline.io.proto.FloatList;
import io.rankline.io.proto.Int64List;
import java.util.List;

/** Makes Example messages of the rows of a list, by the slots that would read them back. */
public final class ExampleEncoder {

  private final List<FeatureSlot> contextSlots;
  private final List<FeatureSlot> exampleSlots;
  private final ListLayout layout;

  public ExampleEncoder(RecordSpec spec) {
    this.layout = spec.layout();
    this.contextSlots = FeatureSlot.ofContext(spec, layout);
    this.exampleSlots = FeatureSlot.ofExamples(spec, layout);
  }

  /** The context of a list. */
  public Example context(RankingList list) {
    Features.Builder features = Features.newBuilder();
    addContext(features, list);
    return Example.newBuilder().setFeatures(features).build();
  }

  /** One item of a list, without the context. */
  public Example item(RankingList list, int item) {
    Features.Builder features = Features.newBuilder();
    addItem(features, list, item);
    return Example.newBuilder().setFeatures(features).build();
  }

  /**
   * One item of a list together with the context; the item's features win where names are equal.
   */
  public Example itemWithContext(RankingList list, int item) {
    Features.Builder features = Features.newBuilder();
    addContext(features, list);
    addItem(features, list, item);
    return Example.newBuilder().setFeatures(features).build();
  }

  private void addContext(Features.Builder features, RankingList list) {
    for (FeatureSlot slot : contextSlots) {
      switch (slot.target()) {
        case DENSE -> addNumbers(features, slot, list.context(), slot.index());
        case WEIGHT -> addNumbers(features, slot, list.weights(), 0);
        case COLUMN -> addRow(features, slot, list.contextColumns().get(slot.index()), 0);
        case LABEL -> throw new IllegalStateException("a label is no context feature");
      }
    }
  }

  private void addItem(Features.Builder features, RankingList list, int item) {
    for (FeatureSlot slot : exampleSlots) {
      switch (slot.target()) {
        case DENSE ->
            addNumbers(
                features, slot, list.examples(), item * layout.exampleWidth() + slot.index());
        case LABEL -> addNumbers(features, slot, list.labels(), slot.index() * list.size() + item);
        case WEIGHT -> addNumbers(features, slot, list.weights(), item);
        case COLUMN -> addRow(features, slot, list.exampleColumns().get(slot.index()), item);
      }
    }
  }

  /** NaN stands for a value that the record did not hold, so the feature is left out again. */
  private static void addNumbers(
      Features.Builder features, FeatureSlot slot, float[] numbers, int from) {
    Feature.Builder feature = Feature.newBuilder();
    if (slot.dtype() == DType.FLOAT32) {
      FloatList.Builder values = FloatList.newBuilder();
      for (int i = 0; i < slot.width(); i++) {
        if (Float.isNaN(numbers[from + i])) {
          return;
        }
        values.addValue(numbers[from + i]);
      }
      feature.setFloatList(values);
    } else {
      feature.setInt64List(Int64List.newBuilder().addValue((long) numbers[from]));
    }
    features.putFeature(slot.name(), feature.build());
  }

  /** A row without values is a feature that the record did not hold. */
  private static void addRow(
      Features.Builder features, FeatureSlot slot, ValueColumn column, int row) {
    if (column.count(row) == 0) {
      return;
    }
    Feature.Builder feature = Feature.newBuilder();
    if (column instanceof FloatColumn floats) {
      FloatList.Builder values = FloatList.newBuilder();
      for (int v = column.start(row); v < column.end(row); v++) {
        values.addValue(floats.values()[v]);
      }
      feature.setFloatList(values);
    } else if (column instanceof LongColumn longs) {
      Int64List.Builder values = Int64List.newBuilder();
      for (int v = column.start(row); v < column.end(row); v++) {
        values.addValue(longs.values()[v]);
      }
      feature.setInt64List(values);
    } else if (column instanceof BytesColumn strings) {
      BytesList.Builder values = BytesList.newBuilder();
      for (int v = column.start(row); v < column.end(row); v++) {
        int start = strings.byteStart(v);
        values.addValue(ByteString.copyFrom(strings.bytes(), start, strings.ends()[v] - start));
      }
      feature.setBytesList(values);
    }
    features.putFeature(slot.name(), feature.build());
  }
}
