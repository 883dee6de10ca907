package io.rankline.export.tensorflow.evaluation;

import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;
import static io.rankline.export.tensorflow.proto.DataType.DT_INT64;
import static io.rankline.export.tensorflow.proto.DataType.DT_STRING;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.export.tensorflow.proto.AttrValue;
import io.rankline.export.tensorflow.proto.DataType;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ParseExampleV2}: features of serialized tf.Examples, as sparse and as dense tensors. */
final class ExampleParsing {

  private final List<Map<String, Feature>> records;

  private ExampleParsing(Tensor serialized) {
    this.records = new ArrayList<>();
    for (byte[] record : serialized.texts()) {
      try {
        records.add(Example.parseFrom(record).getFeatures().getFeatureMap());
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalArgumentException("Could not parse example input", e);
      }
    }
  }

  /** Places of all sparse features, then their values, then their shapes, then dense features. */
  static List<Tensor> run(Attributes attributes, List<Tensor> inputs) {
    ExampleParsing parsing = new ExampleParsing(inputs.get(0));
    byte[][] sparse = inputs.get(2).texts();
    byte[][] dense = inputs.get(3).texts();
    List<Tensor> places = new ArrayList<>();
    List<Tensor> values = new ArrayList<>();
    List<Tensor> shapes = new ArrayList<>();
    for (int k = 0; k < sparse.length; k++) {
      DataType type = attributes.list("sparse_types").getType(k);
      parsing.sparse(text(sparse[k]), type, places, values, shapes);
    }
    List<Tensor> outputs = new ArrayList<>();
    outputs.addAll(places);
    outputs.addAll(values);
    outputs.addAll(shapes);
    AttrValue.ListValue widths = attributes.list("dense_shapes");
    for (int k = 0; k < dense.length; k++) {
      int width = (int) widths.getShape(k).getDim(0).getSize();
      DataType type = attributes.list("Tdense").getType(k);
      outputs.add(parsing.dense(text(dense[k]), type, width, inputs.get(5 + k)));
    }
    return outputs;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void sparse(
      String key, DataType type, List<Tensor> places, List<Tensor> values, List<Tensor> shapes) {
    List<Tensor> rows = new ArrayList<>();
    int count = 0;
    int most = 0;
    for (Map<String, Feature> record : records) {
      Feature feature = record.getOrDefault(key, Feature.getDefaultInstance());
      Tensor row =
          isThere(feature)
              ? values(key, feature, type)
              : new Tensor(type, new int[] {0}, Tensor.room(type, 0));
      rows.add(row);
      count += row.size();
      most = Math.max(most, row.size());
    }
    Object all = Tensor.room(type, count);
    long[] at = new long[2 * count];
    int next = 0;
    for (int r = 0; r < rows.size(); r++) {
      for (int v = 0; v < rows.get(r).size(); v++) {
        System.arraycopy(rows.get(r).values(), v, all, next, 1);
        at[2 * next] = r;
        at[2 * next + 1] = v;
        next++;
      }
    }
    places.add(Tensor.of(DT_INT64, at, count, 2));
    values.add(new Tensor(type, new int[] {count}, all));
    shapes.add(Tensor.of(DT_INT64, new long[] {rows.size(), most}, 2));
  }

  private Tensor dense(String key, DataType type, int width, Tensor fallback) {
    Object all = Tensor.room(type, records.size() * width);
    for (int r = 0; r < records.size(); r++) {
      Feature feature = records.get(r).getOrDefault(key, Feature.getDefaultInstance());
      if (!isThere(feature) && fallback.size() == 0) {
        throw new IllegalArgumentException(
            "Feature: %s is required but could not be found.".formatted(key));
      }
      Tensor row = isThere(feature) ? values(key, feature, type) : fallback;
      if (row.size() != width) {
        throw new IllegalArgumentException(
            "Key: %s. Number of values != expected. Values size: %s but output shape: [%s]"
                .formatted(key, row.size(), width));
      }
      System.arraycopy(row.values(), 0, all, r * width, width);
    }
    return new Tensor(type, new int[] {records.size(), width}, all);
  }

  private static boolean isThere(Feature feature) {
    return feature.getKindCase() != Feature.KindCase.KIND_NOT_SET;
  }

  private static Tensor values(String key, Feature feature, DataType type) {
    DataType found =
        switch (feature.getKindCase()) {
          case FLOAT_LIST -> DT_FLOAT;
          case INT64_LIST -> DT_INT64;
          default -> DT_STRING;
        };
    if (found != type) {
      throw new IllegalArgumentException(
          "Key: %s. Data types don't match. Data type: %s but expected type: %s"
              .formatted(key, found, type));
    }
    return switch (found) {
      case DT_FLOAT -> {
        List<Float> list = feature.getFloatList().getValueList();
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = list.get(i);
        }
        yield Tensor.of(values, values.length);
      }
      case DT_INT64 -> {
        long[] values =
            feature.getInt64List().getValueList().stream().mapToLong(Long::longValue).toArray();
        yield Tensor.of(DT_INT64, values, values.length);
      }
      default ->
          Tensor.ofTexts(
              feature.getBytesList().getValueList().stream().map(ByteString::toByteArray).toList());
    };
  }
}
