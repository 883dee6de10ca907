package io.rankline.export.onnx;

import com.google.protobuf.ByteString;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.export.onnx.proto.AttributeProto;
import io.rankline.export.onnx.proto.DataType;
import io.rankline.export.onnx.proto.GraphProto;
import io.rankline.export.onnx.proto.NodeProto;
import io.rankline.export.onnx.proto.TensorProto;
import io.rankline.export.onnx.proto.TensorShapeProto;
import io.rankline.export.onnx.proto.TensorShapeProto.Dimension;
import io.rankline.export.onnx.proto.TypeProto;
import io.rankline.export.onnx.proto.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Nodes, constants, inputs and outputs of a graph while it is written. Tensors go by names. */
final class GraphWriter {

  /** The domain of operations for classic machine learning; "" is that of all others. */
  static final String ML_DOMAIN = "ai.onnx.ml";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Set<String> taken;
  private final Map<List<Long>, String> integers = new HashMap<>();
  private long constantBytes;

  /**
   * A graph without nodes.
   *
   * @param taken names of inputs and outputs, which no other tensor may have
   */
  GraphWriter(String name, Set<String> taken) {
    this.graph.setName(name);
    this.taken = new HashSet<>(taken);
  }

  GraphProto build() {
    return graph.build();
  }

  /** Declares an input. */
  void input(String name, DataType type, String... dimensions) {
    graph.addInput(value(name, type, dimensions));
  }

  /** Declares an output, which a node {@link #compute computes}. */
  void output(String name, DataType type, String... dimensions) {
    graph.addOutput(value(name, type, dimensions));
  }

  /** A node of one output. */
  String node(String operation, List<String> inputs, AttributeProto... attributes) {
    return compute(free(operation.toLowerCase(Locale.ROOT)), operation, inputs, attributes);
  }

  String node(String operation, String... inputs) {
    return node(operation, List.of(inputs));
  }

  /** A node with a name that its errors show. */
  String named(String name, String operation, List<String> inputs, AttributeProto... attributes) {
    return compute(free(name), operation, inputs, attributes);
  }

  /** A node whose output has this name. */
  String compute(
      String output, String operation, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(output)
            .setOpType(operation)
            .setDomain(operation.equals("LabelEncoder") ? ML_DOMAIN : "")
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(Arrays.asList(attributes)));
    return output;
  }

  /** Adds to the matrix product that was written last, if it was this one. */
  boolean addTo(String product, String summand) {
    int last = graph.getNodeCount() - 1;
    NodeProto.Builder node = last < 0 ? NodeProto.newBuilder() : graph.getNodeBuilder(last);
    if (!node.getOpType().equals("MatMul") || !node.getOutput(0).equals(product)) {
      return false;
    }
    node.setOpType("Gemm").addInput(summand);
    return true;
  }

  /** A constant of floats, row by row. */
  String floats(float[] values, long... shape) {
    ByteBuffer bytes = room(values.length, Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return constant(DataType.FLOAT, bytes, shape);
  }

  /** A number. */
  String number(double value) {
    ByteBuffer bytes = room(1, Double.BYTES);
    bytes.putDouble(0, value);
    return constant(DataType.DOUBLE, bytes);
  }

  /** A row of integers. */
  String integers(long... values) {
    return integers.computeIfAbsent(
        LongStream.of(values).boxed().toList(), known -> integers(values, values.length));
  }

  /** An integer that is no row. */
  String integer(long value) {
    return integers(new long[] {value});
  }

  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setI(value)
        .setType(AttributeProto.Kind.INT)
        .build();
  }

  static AttributeProto attribute(String name, List<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .addAllInts(values)
        .setType(AttributeProto.Kind.INTS)
        .build();
  }

  static AttributeProto texts(String name, List<String> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList())
        .setType(AttributeProto.Kind.STRINGS)
        .build();
  }

  private String integers(long[] values, long... shape) {
    ByteBuffer bytes = room(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return constant(DataType.INT64, bytes, shape);
  }

  private ByteBuffer room(int count, int each) {
    constantBytes += (long) count * each;
    if (constantBytes > Integer.MAX_VALUE) {
      throw new UnsupportedModelException(
          OnnxFormat.NAME,
          List.of(
              "its weights and embedding tables take more than 2 GiB, the most that a file of ONNX"
                  + " holds; train it with smaller tables"));
    }
    return ByteBuffer.allocate(count * each).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String constant(DataType type, ByteBuffer bytes, long... shape) {
    String name = free("constant");
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type)
            .addAllDims(LongStream.of(shape).boxed().toList())
            .setRawData(ByteString.copyFrom(bytes)));
    return name;
  }

  private String free(String prefix) {
    String name = prefix;
    for (int k = taken.size(); !taken.add(name); k++) {
      name = prefix + "_" + k;
    }
    return name;
  }

  private static ValueInfoProto value(String name, DataType type, String... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String dimension : dimensions) {
      boolean isNumber = dimension.chars().allMatch(Character::isDigit);
      shape.addDim(
          isNumber
              ? Dimension.newBuilder().setDimValue(Long.parseLong(dimension))
              : Dimension.newBuilder().setDimParam(dimension));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }
}
