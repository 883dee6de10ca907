package io.rankline.export.tensorflow;

import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;
import static io.rankline.export.tensorflow.proto.DataType.DT_INT64;
import static io.rankline.export.tensorflow.proto.DataType.DT_STRING;

import io.rankline.export.graph.InputGraph;
import io.rankline.export.tensorflow.proto.DataType;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.model.input.EncodedFeature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The features of some records, as {@code ParseExampleV2} finds them: those of a fixed number of
 * values as [R, width], all others as sparse tensors.
 */
final class ParsedFeatures implements InputGraph.Values {

  private final GraphBuilder graph;
  private final RowSteps rows;
  private final SortedMap<String, FeatureSpec> features = new TreeMap<>();
  private final Map<String, String> dense = new HashMap<>();
  private final Map<String, Sparse> sparse = new HashMap<>();

  /** A sparse tensor: [n, 2], [n], and its two dimensions. */
  record Sparse(String places, String values, String shape) {}

  private ParsedFeatures(GraphBuilder graph) {
    this.graph = graph;
    this.rows = new RowSteps(graph);
  }

  /**
   * Adds the parsing of records.
   *
   * @param records serialized tf.Examples, [R]
   * @param names which features are read
   * @param specs how they stand in a record
   */
  static ParsedFeatures of(
      String records, Set<String> names, SortedMap<String, FeatureSpec> specs, GraphBuilder graph) {
    ParsedFeatures parsed = new ParsedFeatures(graph);
    names.forEach(name -> parsed.features.put(name, specs.get(name)));
    if (!names.isEmpty()) {
      parsed.parse(records);
    }
    return parsed;
  }

  static DataType type(DType type) {
    return switch (type) {
      case FLOAT32 -> DT_FLOAT;
      case INT64 -> DT_INT64;
      case STRING -> DT_STRING;
    };
  }

  @Override
  public String of(List<EncodedFeature> run) {
    List<String> parts = new ArrayList<>(run.stream().map(this::numbers).toList());
    if (parts.size() == 1) {
      return parts.get(0);
    }
    parts.add(graph.scalar(1));
    return graph.op("ConcatV2", parts).number("N", run.size()).type("T", DT_FLOAT).add();
  }

  /** The tokens of a feature, of whatever kind. */
  Tokens tokens(String name) {
    DType type = spec(name).dtype();
    Sparse found = sparse.get(name);
    if (found != null) {
      return new Tokens(
          name,
          type,
          found.values(),
          rows.column(found.places(), DT_INT64, 0),
          rows.number(found.shape(), DT_INT64, 0));
    }
    String values = rows.flat(of(name), type(type));
    String width = graph.scalar((long) ((FixedLenFeature) spec(name)).width());
    String count = rows.size(values, type(type));
    return new Tokens(
        name,
        type,
        values,
        rows.binary("FloorDiv", rows.places(count), width, DT_INT64),
        rows.binary("FloorDiv", count, width, DT_INT64));
  }

  private void parse(String records) {
    List<String> fixed = new ArrayList<>();
    List<String> others = new ArrayList<>();
    features.forEach(
        (name, feature) -> (feature instanceof FixedLenFeature ? fixed : others).add(name));
    List<String> inputs = new ArrayList<>();
    inputs.add(records);
    inputs.add(texts(List.of()));
    inputs.add(texts(others));
    inputs.add(texts(fixed));
    inputs.add(texts(List.of()));
    fixed.forEach(name -> inputs.add(defaults((FixedLenFeature) spec(name))));
    String parsed =
        graph
            .op("ParseExampleV2", inputs)
            .types("Tdense", types(fixed))
            .number("num_sparse", others.size())
            .types("sparse_types", types(others))
            .types("ragged_value_types", List.of())
            .types("ragged_split_types", List.of())
            .shapes(
                "dense_shapes",
                fixed.stream()
                    .map(name -> List.of(((FixedLenFeature) spec(name)).width()))
                    .toList())
            .add();
    int count = others.size();
    for (int k = 0; k < count; k++) {
      sparse.put(
          others.get(k),
          new Sparse(output(parsed, k), output(parsed, count + k), output(parsed, 2 * count + k)));
    }
    for (int k = 0; k < fixed.size(); k++) {
      dense.put(fixed.get(k), output(parsed, 3 * count + k));
    }
  }

  private static String output(String node, int number) {
    return number == 0 ? node : node + ":" + number;
  }

  private List<DataType> types(List<String> names) {
    return names.stream().map(name -> type(spec(name).dtype())).toList();
  }

  private String texts(List<String> values) {
    return graph.texts(List.of(values.size()), values);
  }

  /** Nothing, for a feature that a record must have. */
  private String defaults(FixedLenFeature feature) {
    List<?> values = feature.defaultValues();
    List<Integer> shape = List.of(values.size());
    return switch (feature.dtype()) {
      case FLOAT32 -> {
        float[] numbers = new float[values.size()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = (Float) values.get(i);
        }
        yield graph.floats(shape, numbers);
      }
      case INT64 -> graph.longs(values.stream().mapToLong(Long.class::cast).toArray());
      case STRING -> graph.texts(shape, values.stream().map(String.class::cast).toList());
    };
  }

  /** The values of a feature, [R, inputWidth]; NaN where one is missing. */
  private String numbers(EncodedFeature feature) {
    DataType type = type(spec(feature.name()).dtype());
    Sparse found = sparse.get(feature.name());
    return found == null
        ? rows.cast(of(feature.name()), type, DT_FLOAT)
        : padded(feature, found, type);
  }

  private String padded(EncodedFeature feature, Sparse found, DataType type) {
    int width = feature.inputWidth();
    String longest = rows.only(found.shape(), DT_INT64, 1);
    String checked =
        rows.required(
            found.shape(),
            DT_INT64,
            rows.binary("LessEqual", longest, graph.scalar((long) width), DT_INT64),
            "feature %s has more values than the model takes, %s".formatted(feature.name(), width));
    String shape =
        graph
            .op("Pack", rows.number(checked, DT_INT64, 0), graph.scalar((long) width))
            .number("N", 2)
            .type("T", DT_INT64)
            .add();
    return graph
        .op(
            "TensorScatterUpdate",
            rows.filled(shape, DT_INT64, graph.scalar(Float.NaN), DT_FLOAT),
            found.places(),
            rows.cast(found.values(), type, DT_FLOAT))
        .type("T", DT_FLOAT)
        .type("Tindices", DT_INT64)
        .add();
  }

  private FeatureSpec spec(String name) {
    FeatureSpec spec = features.get(name);
    if (spec == null) {
      throw new IllegalArgumentException("feature '%s' is in no request".formatted(name));
    }
    return spec;
  }

  private String of(String name) {
    String tensor = dense.get(name);
    if (tensor == null) {
      throw new IllegalStateException("feature '%s' was not parsed".formatted(name));
    }
    return tensor;
  }
}
