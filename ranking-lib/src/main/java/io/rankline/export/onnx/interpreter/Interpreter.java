package io.rankline.export.onnx.interpreter;

import io.rankline.export.onnx.proto.DataType;
import io.rankline.export.onnx.proto.GraphProto;
import io.rankline.export.onnx.proto.ModelProto;
import io.rankline.export.onnx.proto.NodeProto;
import io.rankline.export.onnx.proto.TensorProto;
import io.rankline.export.onnx.proto.TensorShapeProto.Dimension;
import io.rankline.export.onnx.proto.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the graph of an ONNX file, one node after the other.
 *
 * <p>Safe for use by several threads at once.
 */
public final class Interpreter implements Graph {

  /** Releases of operations whose definitions stand here, by domain. */
  private static final Map<String, Long> OPSETS = Map.of("", 15L, "ai.onnx.ml", 2L);

  private static final Map<String, Operation> OPERATIONS = operations();

  private final GraphProto graph;
  private final Map<String, Tensor> constants = new HashMap<>();

  /**
   * Of a file.
   *
   * @throws IllegalArgumentException for a release of operations that is not known here
   */
  public Interpreter(ModelProto file) {
    file.getOpsetImportList()
        .forEach(
            opset -> {
              if (!Objects.equals(OPSETS.get(opset.getDomain()), opset.getVersion())) {
                throw new IllegalArgumentException(
                    "opset %s of '%s' is not known"
                        .formatted(opset.getVersion(), opset.getDomain()));
              }
            });
    this.graph = file.getGraph();
    for (TensorProto constant : graph.getInitializerList()) {
      constants.put(constant.getName(), tensor(constant));
    }
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    Map<String, Tensor> values = new HashMap<>(constants);
    for (ValueInfoProto input : graph.getInputList()) {
      values.put(input.getName(), required(input, inputs.get(input.getName())));
    }
    if (inputs.size() != graph.getInputCount()) {
      throw new IllegalArgumentException(
          "the graph has %s inputs, got %s".formatted(graph.getInputCount(), inputs.keySet()));
    }
    for (NodeProto node : graph.getNodeList()) {
      try {
        values.put(node.getOutput(0), computed(node, values));
      } catch (RuntimeException e) {
        throw new IllegalArgumentException(
            "node '%s', %s: %s".formatted(node.getName(), node.getOpType(), e.getMessage()), e);
      }
    }
    Map<String, Tensor> outputs = new HashMap<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      outputs.put(output.getName(), required(output, values.get(output.getName())));
    }
    return outputs;
  }

  private static Tensor computed(NodeProto proto, Map<String, Tensor> values) {
    Operation operation = OPERATIONS.get(proto.getOpType());
    if (operation == null || proto.getOutputCount() != 1) {
      throw new IllegalArgumentException("the operation is not known");
    }
    List<Tensor> inputs = new ArrayList<>();
    for (String name : proto.getInputList()) {
      inputs.add(Objects.requireNonNull(values.get(name), name));
    }
    Node node = new Node(proto, inputs);
    Tensor result = operation.of(node);
    node.requireAllAsked();
    return result;
  }

  /** A value as the graph declares it. */
  private static Tensor required(ValueInfoProto declared, @Nullable Tensor value) {
    var type = declared.getType().getTensorType();
    List<Dimension> shape = type.getShape().getDimList();
    boolean isRight =
        value != null && value.type() == type.getElemType() && value.rank() == shape.size();
    for (int k = 0; isRight && k < shape.size(); k++) {
      isRight =
          !shape.get(k).hasDimValue()
              || shape.get(k).getDimValue() == Objects.requireNonNull(value).shape()[k];
    }
    if (!isRight) {
      throw new IllegalArgumentException(
          "'%s' must be %s, got %s"
              .formatted(
                  declared.getName(),
                  declared.getType().toString().replaceAll("\\s+", " ").strip(),
                  value == null ? "none" : value));
    }
    return Objects.requireNonNull(value);
  }

  private static Tensor tensor(TensorProto constant) {
    int[] shape = constant.getDimsList().stream().mapToInt(Math::toIntExact).toArray();
    ByteBuffer bytes = constant.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    DataType type = constant.getDataType();
    return switch (type) {
      case FLOAT -> Tensor.of(type, shape, i -> bytes.getFloat(i * Float.BYTES));
      case DOUBLE -> Tensor.of(type, shape, i -> bytes.getDouble(i * Double.BYTES));
      case INT64 -> Tensor.of(type, shape, i -> bytes.getLong(i * Long.BYTES));
      default ->
          throw new IllegalArgumentException(
              "constant '%s' is of type %s".formatted(constant.getName(), type));
    };
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> all = new HashMap<>(NumberOperations.all());
    all.putAll(ShapeOperations.all());
    all.putAll(SumOperations.all());
    all.put("LabelEncoder", Interpreter::encoded);
    return Map.copyOf(all);
  }

  private static Tensor encoded(Node node) {
    List<String> keys = node.texts("keys_strings");
    List<Long> ids = node.longs("values_int64s");
    long unknown = node.integer("default_int64");
    Map<String, Long> known = new HashMap<>();
    for (int k = 0; k < keys.size(); k++) {
      known.put(keys.get(k), ids.get(k));
    }
    String[] texts = node.input(0).texts();
    return Tensor.of(
        DataType.INT64,
        node.input(0).shape(),
        i -> known.getOrDefault(texts[i], unknown).doubleValue());
  }
}
