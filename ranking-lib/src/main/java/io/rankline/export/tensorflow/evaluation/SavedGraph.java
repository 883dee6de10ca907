package io.rankline.export.tensorflow.evaluation;

import io.rankline.export.graph.Shapes;
import io.rankline.export.tensorflow.proto.MetaGraphDef;
import io.rankline.export.tensorflow.proto.NodeDef;
import io.rankline.export.tensorflow.proto.SavedModel;
import io.rankline.export.tensorflow.proto.SignatureDef;
import io.rankline.export.tensorflow.proto.TensorInfo;
import io.rankline.export.tensorflow.proto.TensorProto;
import io.rankline.export.tensorflow.proto.TensorShapeProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The graph of a SavedModel, with its tables filled. Not for several threads at once. */
final class SavedGraph {

  private static final String TAG = "serve";
  private static final String INITIALIZATION = "__saved_model_init_op";

  private final MetaGraphDef content;
  private final Map<String, NodeDef> nodes = new HashMap<>();
  private final Map<String, Tensor> constants = new HashMap<>();
  private final Map<String, Operation> operations = new HashMap<>();

  private SavedGraph(MetaGraphDef content) {
    this.content = content;
    content.getGraphDef().getNodeList().forEach(node -> nodes.put(node.getName(), node));
    operations.putAll(NumberOperations.table());
    operations.putAll(ShapeOperations.table());
    operations.putAll(MatrixOperations.table());
    operations.putAll(PlaceOperations.table());
    operations.putAll(RecordOperations.table());
    operations.putAll(new TokenOperations().table());
    operations.put("Assert", SavedGraph::asserted);
  }

  /** Loads it as a server does. */
  static SavedGraph load(SavedModel saved) {
    MetaGraphDef content =
        saved.getMetaGraphsList().stream()
            .filter(graph -> graph.getMetaInfoDef().getTagsList().contains(TAG))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no graph with the tag " + TAG));
    SavedGraph graph = new SavedGraph(content);
    SignatureDef initialization = content.getSignatureDefMap().get(INITIALIZATION);
    if (initialization != null) {
      graph.outputs(initialization.getOutputsOrThrow(INITIALIZATION).getName(), new HashMap<>());
    }
    return graph;
  }

  /**
   * Calls a signature of one input.
   *
   * @return its outputs by their names in the signature
   */
  SortedMap<String, Tensor> call(String key, Tensor input) {
    SignatureDef signature = content.getSignatureDefOrThrow(key);
    Map<String, List<Tensor>> known = new HashMap<>();
    for (TensorInfo info : signature.getInputsMap().values()) {
      known.put(node(info.getName()), List.of(input));
    }
    SortedMap<String, Tensor> outputs = new TreeMap<>();
    signature
        .getOutputsMap()
        .forEach((name, info) -> outputs.put(name, checked(tensor(info.getName(), known), info)));
    return outputs;
  }

  /** Servers and clients rely on what the signature says. */
  private static Tensor checked(Tensor output, TensorInfo info) {
    List<TensorShapeProto.Dim> said = info.getTensorShape().getDimList();
    boolean fits = output.type() == info.getDtype() && output.shape().length == said.size();
    for (int d = 0; fits && d < said.size(); d++) {
      fits = said.get(d).getSize() < 0 || said.get(d).getSize() == output.shape()[d];
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "output %s has another type or shape than its signature says: %s %s"
              .formatted(info.getName(), output.type(), Arrays.toString(output.shape())));
    }
    return output;
  }

  private static String node(String tensor) {
    int colon = tensor.indexOf(':');
    return colon < 0 ? tensor : tensor.substring(0, colon);
  }

  private Tensor tensor(String name, Map<String, List<Tensor>> known) {
    int colon = name.indexOf(':');
    int number = colon < 0 ? 0 : Integer.parseInt(name.substring(colon + 1));
    return outputs(node(name), known).get(number);
  }

  private List<Tensor> outputs(String name, Map<String, List<Tensor>> known) {
    List<Tensor> outputs = known.get(name);
    if (outputs == null) {
      NodeDef node = nodes.get(name);
      if (node == null) {
        throw new IllegalArgumentException("no node " + name);
      }
      outputs = node.getOp().equals("Const") ? List.of(constant(node)) : computed(node, known);
      known.put(name, outputs);
    }
    return outputs;
  }

  private List<Tensor> computed(NodeDef node, Map<String, List<Tensor>> known) {
    Operation operation = operations.get(node.getOp());
    if (operation == null) {
      throw new IllegalArgumentException(
          "node %s: no operation %s".formatted(node.getName(), node.getOp()));
    }
    for (String input : node.getInputList()) {
      if (input.startsWith("^")) {
        outputs(input.substring(1), known);
      }
    }
    List<Tensor> inputs =
        node.getInputList().stream()
            .filter(input -> !input.startsWith("^"))
            .map(input -> tensor(input, known))
            .toList();
    try {
      return operation.run(new Attributes(node), inputs);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "node %s (%s): %s".formatted(node.getName(), node.getOp(), e.getMessage()), e);
    }
  }

  private static List<Tensor> asserted(Attributes attributes, List<Tensor> inputs) {
    if (!inputs.get(0).truths()[0]) {
      throw new IllegalArgumentException(
          "assertion failed: ["
              + new String(inputs.get(1).texts()[0], StandardCharsets.UTF_8)
              + "]");
    }
    return List.of();
  }

  private Tensor constant(NodeDef node) {
    return constants.computeIfAbsent(
        node.getName(), name -> read(node.getAttrOrThrow("value").getTensor()));
  }

  private static Tensor read(TensorProto tensor) {
    int[] shape =
        tensor.getTensorShape().getDimList().stream()
            .mapToInt(dim -> Math.toIntExact(dim.getSize()))
            .toArray();
    int size = Shapes.size(shape);
    Object values = Tensor.room(tensor.getDtype(), size);
    ByteBuffer bytes =
        tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    switch (tensor.getDtype()) {
      case DT_FLOAT -> bytes.asFloatBuffer().get((float[]) values);
      case DT_INT64 -> bytes.asLongBuffer().get((long[]) values);
      case DT_INT32 -> Arrays.setAll((long[]) values, i -> bytes.getInt(i * Integer.BYTES));
      default -> Arrays.setAll((byte[][]) values, i -> tensor.getStringVal(i).toByteArray());
    }
    return new Tensor(tensor.getDtype(), shape, values);
  }
}
