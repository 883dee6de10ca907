package io.rankline.export.tensorflow;

import com.google.protobuf.ByteString;
import io.rankline.export.tensorflow.proto.DataType;
import io.rankline.export.tensorflow.proto.GraphDef;
import io.rankline.export.tensorflow.proto.NodeDef;
import io.rankline.export.tensorflow.proto.TensorProto;
import io.rankline.export.tensorflow.proto.TensorShapeProto;
import io.rankline.export.tensorflow.proto.VersionDef;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes of a graph while it is written.
 *
 * <p>Tensors go by the names of their nodes, with {@code :1} and so on for outputs after the first.
 * Equal constants are one node.
 */
final class GraphBuilder {

  /** The version of graphs that TensorFlow 2.x writes; whoever loads an older one, too. */
  private static final int PRODUCER = 1395;

  /** As in every graph that TensorFlow writes. */
  private static final int MIN_CONSUMER = 12;

  private final GraphDef.Builder graph =
      GraphDef.newBuilder()
          .setVersions(VersionDef.newBuilder().setProducer(PRODUCER).setMinConsumer(MIN_CONSUMER));

  private final Map<TensorProto, String> constants = new HashMap<>();
  private final Map<String, Integer> taken = new HashMap<>();
  private String scope = "";

  /** Puts a word before the names of nodes from here on. */
  void scope(String newScope) {
    scope = newScope + "/";
  }

  /** A node that is not added yet. */
  NodeBuilder op(String op, String... inputs) {
    return op(op, List.of(inputs));
  }

  /** A node that is not added yet. */
  NodeBuilder op(String op, List<String> inputs) {
    return new NodeBuilder(
        this, NodeDef.newBuilder().setName(unique(scope + op)).setOp(op).addAllInput(inputs));
  }

  /** What a name is called by. */
  String add(NodeDef node) {
    graph.addNode(node);
    return node.getName();
  }

  /** A float32 constant. */
  String floats(List<Integer> shape, float... values) {
    ByteBuffer bytes = buffer(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return constant(numbers(DataType.DT_FLOAT, shape, bytes));
  }

  /** A float32 constant without dimensions. */
  String scalar(float value) {
    return floats(List.of(), value);
  }

  /** An int32 constant without dimensions. */
  String scalar(int value) {
    return constant(numbers(DataType.DT_INT32, List.of(), buffer(Integer.BYTES).putInt(0, value)));
  }

  /** An int64 constant without dimensions. */
  String scalar(long value) {
    return constant(numbers(DataType.DT_INT64, List.of(), buffer(Long.BYTES).putLong(0, value)));
  }

  /** An int32 constant of one dimension. */
  String ints(int... values) {
    ByteBuffer bytes = buffer(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return constant(numbers(DataType.DT_INT32, List.of(values.length), bytes));
  }

  /** An int64 constant of one dimension. */
  String longs(long... values) {
    ByteBuffer bytes = buffer(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return constant(numbers(DataType.DT_INT64, List.of(values.length), bytes));
  }

  /** A constant of texts. */
  String texts(List<Integer> shape, List<String> values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDtype(DataType.DT_STRING).setTensorShape(shape(shape));
    values.forEach(
        value -> tensor.addStringVal(ByteString.copyFrom(value, StandardCharsets.UTF_8)));
    return constant(tensor.build());
  }

  GraphDef build() {
    return graph.build();
  }

  static TensorShapeProto shape(List<Integer> sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    sizes.forEach(size -> shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size)));
    return shape.build();
  }

  private String constant(TensorProto tensor) {
    return constants.computeIfAbsent(
        tensor,
        value ->
            add(
                NodeDef.newBuilder()
                    .setName(unique("constant"))
                    .setOp("Const")
                    .putAttr("dtype", NodeBuilder.value(tensor.getDtype()))
                    .putAttr("value", NodeBuilder.value(tensor))
                    .build()));
  }

  private static TensorProto numbers(DataType type, List<Integer> shape, ByteBuffer bytes) {
    return TensorProto.newBuilder()
        .setDtype(type)
        .setTensorShape(shape(shape))
        .setTensorContent(ByteString.copyFrom(bytes))
        .build();
  }

  private static ByteBuffer buffer(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private String unique(String name) {
    int count = taken.merge(name, 1, Integer::sum);
    return count == 1 ? name : name + "_" + count;
  }
}
