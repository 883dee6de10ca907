package io.rankline.io.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.data.BytesColumn;
import io.rankline.data.DenseColumns;
import io.rankline.data.FloatColumn;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.data.WeightLayout;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.example.ColumnBuilder;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The oracle of the fast decoder, and the other side of its benchmark: protobuf-java's generated
 * classes, and then the plain way from messages to the same arrays.
 */
public final class GeneratedClassDecoder implements RecordDecoder {

  private final RecordSpec spec;
  private final ListLayout layout;

  /** A decoder of ELWC records. */
  public GeneratedClassDecoder(RecordSpec spec) {
    this.spec = spec;
    this.layout = spec.layout();
  }

  @Override
  public RankingList decode(byte[] bytes, int from, int length) throws CorruptRecordException {
    try {
      return list(
          ExampleListWithContext.parser()
              .parseFrom(ByteString.copyFrom(bytes, from, length).newCodedInput()));
    } catch (InvalidProtocolBufferException e) {
      throw new CorruptRecordException(String.valueOf(e.getMessage()));
    }
  }

  private RankingList list(ExampleListWithContext record) throws CorruptRecordException {
    int size = record.getExamplesCount();
    int width = layout.exampleWidth();
    float[] examples = new float[size * width];
    float[] labels = new float[size * spec.labels().size()];
    float[] weights = new float[layout.weights().count(size)];
    float[] context = new float[layout.contextWidth()];
    List<ColumnBuilder> contextColumns = columns(spec.context(), 1);
    List<ColumnBuilder> exampleColumns = columns(spec.examples(), size);
    WeightSpec weight = spec.weight();

    Map<String, Feature> contextFeatures = record.getContext().getFeatures().getFeatureMap();
    read(contextFeatures, spec.context(), layout.contextDense(), context, 0, contextColumns);
    if (weight != null && weight.scope() == WeightLayout.PER_LIST) {
      weights[0] = number(contextFeatures, weight.name(), weight.feature());
    }
    for (int i = 0; i < size; i++) {
      Example example = record.getExamples(i);
      Map<String, Feature> features = example.getFeatures().getFeatureMap();
      read(features, spec.examples(), layout.exampleDense(), examples, i * width, exampleColumns);
      for (int t = 0; t < spec.labels().size(); t++) {
        LabelSpec label = spec.labels().get(t);
        labels[t * size + i] = number(features, label.name(), label.feature());
      }
      if (weight != null && weight.scope() == WeightLayout.PER_ITEM) {
        weights[i] = number(features, weight.name(), weight.feature());
      }
    }
    return new RankingList(
        layout,
        size,
        size,
        context,
        examples,
        labels,
        weights,
        built(contextColumns),
        built(exampleColumns));
  }

  private static void read(
      Map<String, Feature> features,
      SortedMap<String, FeatureSpec> specs,
      List<DenseColumns> dense,
      float[] target,
      int base,
      List<ColumnBuilder> columns)
      throws CorruptRecordException {
    for (DenseColumns block : dense) {
      Feature feature = features.get(block.name());
      if (feature == null || feature.getKindCase() == Feature.KindCase.KIND_NOT_SET) {
        FixedLenFeature fixed = (FixedLenFeature) specs.get(block.name());
        if (fixed == null || !fixed.hasDefault()) {
          throw new CorruptRecordException("missing " + block.name());
        }
        for (int i = 0; i < block.width(); i++) {
          target[base + block.offset() + i] = block.padding().get(i);
        }
        continue;
      }
      if (feature.getKindCase() != Feature.KindCase.FLOAT_LIST
          || feature.getFloatList().getValueCount() != block.width()) {
        throw new CorruptRecordException("kind or count of " + block.name());
      }
      for (int i = 0; i < block.width(); i++) {
        target[base + block.offset() + i] = feature.getFloatList().getValue(i);
      }
    }
    int c = 0;
    for (Map.Entry<String, FeatureSpec> entry : specs.entrySet()) {
      if (!RecordSpec.isDense(entry.getValue())) {
        addRow(columns.get(c++), features.get(entry.getKey()), entry.getKey(), entry.getValue());
      }
    }
  }

  private static void addRow(
      ColumnBuilder column, @Nullable Feature feature, String name, FeatureSpec spec)
      throws CorruptRecordException {
    Row row = new Row(spec.dtype());
    boolean missing = feature == null || feature.getKindCase() == Feature.KindCase.KIND_NOT_SET;
    if (missing && spec instanceof FixedLenFeature fixed) {
      if (!fixed.hasDefault()) {
        throw new CorruptRecordException("missing " + name);
      }
      fixed.defaultValues().forEach(row::add);
    } else if (!missing && feature != null) {
      DType actual =
          switch (feature.getKindCase()) {
            case FLOAT_LIST -> DType.FLOAT32;
            case INT64_LIST -> DType.INT64;
            default -> DType.STRING;
          };
      feature.getFloatList().getValueList().forEach(row::add);
      feature.getInt64List().getValueList().forEach(row::add);
      feature.getBytesList().getValueList().forEach(row::add);
      boolean wrongCount = spec instanceof FixedLenFeature fixed && fixed.width() != row.size();
      if (actual != spec.dtype() || wrongCount) {
        throw new CorruptRecordException("kind or count of " + name);
      }
    }
    row.addTo(column);
  }

  private static float number(Map<String, Feature> features, String name, FixedLenFeature spec)
      throws CorruptRecordException {
    Feature feature = features.get(name);
    if (feature == null || feature.getKindCase() == Feature.KindCase.KIND_NOT_SET) {
      if (!spec.hasDefault()) {
        throw new CorruptRecordException("missing " + name);
      }
      return ((Number) spec.defaultValues().get(0)).floatValue();
    }
    if (spec.dtype() == DType.INT64 && feature.getInt64List().getValueCount() == 1) {
      return feature.getInt64List().getValue(0);
    }
    if (spec.dtype() == DType.FLOAT32 && feature.getFloatList().getValueCount() == 1) {
      return feature.getFloatList().getValue(0);
    }
    throw new CorruptRecordException("kind or count of " + name);
  }

  private static List<ColumnBuilder> columns(SortedMap<String, FeatureSpec> specs, int rows) {
    List<ColumnBuilder> columns = new ArrayList<>();
    for (FeatureSpec spec : specs.values()) {
      if (!RecordSpec.isDense(spec)) {
        ColumnBuilder column = new ColumnBuilder(spec.dtype());
        column.reset(rows);
        columns.add(column);
      }
    }
    return columns;
  }

  private static List<ValueColumn> built(List<ColumnBuilder> columns) {
    return columns.stream().map(ColumnBuilder::build).toList();
  }

  /** One row of a column, value by value. */
  private static final class Row {
    private final List<Object> values = new ArrayList<>();
    private final DType dtype;

    Row(DType dtype) {
      this.dtype = dtype;
    }

    void add(Object value) {
      values.add(value);
    }

    int size() {
      return values.size();
    }

    void addTo(ColumnBuilder column) {
      column.set(Columns.row(dtype, values));
      column.endRow();
    }
  }

  /** One-row columns of boxed values. */
  private static final class Columns {
    static ValueColumn row(DType dtype, List<Object> values) {
      int[] offsets = {0, values.size()};
      return switch (dtype) {
        case FLOAT32 -> {
          float[] floats = new float[values.size()];
          for (int i = 0; i < floats.length; i++) {
            floats[i] = (Float) values.get(i);
          }
          yield new FloatColumn(floats, offsets);
        }
        case INT64 -> {
          long[] longs = new long[values.size()];
          for (int i = 0; i < longs.length; i++) {
            longs[i] = (Long) values.get(i);
          }
          yield new LongColumn(longs, offsets);
        }
        case STRING -> {
          ByteString all = ByteString.empty();
          int[] ends = new int[values.size()];
          for (int i = 0; i < ends.length; i++) {
            Object value = values.get(i);
            all =
                all.concat(
                    value instanceof ByteString bytes
                        ? bytes
                        : ByteString.copyFrom((String) value, StandardCharsets.UTF_8));
            ends[i] = all.size();
          }
          yield new BytesColumn(all.toByteArray(), ends, offsets);
        }
      };
    }
  }
}
