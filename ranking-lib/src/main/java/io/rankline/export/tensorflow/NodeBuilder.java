package io.rankline.export.tensorflow;

import com.google.protobuf.ByteString;
import io.rankline.export.tensorflow.proto.AttrValue;
import io.rankline.export.tensorflow.proto.DataType;
import io.rankline.export.tensorflow.proto.NodeDef;
import io.rankline.export.tensorflow.proto.TensorProto;
import java.util.List;

/** A node of a graph while its attributes are named. Those that have a default may be left out. */
final class NodeBuilder {

  private final GraphBuilder graph;
  private final NodeDef.Builder node;

  NodeBuilder(GraphBuilder graph, NodeDef.Builder node) {
    this.graph = graph;
    this.node = node;
  }

  NodeBuilder named(String name) {
    node.setName(name);
    return this;
  }

  NodeBuilder type(String attribute, DataType type) {
    return set(attribute, value(type));
  }

  NodeBuilder types(String attribute, List<DataType> types) {
    return set(
        attribute,
        AttrValue.newBuilder().setList(AttrValue.ListValue.newBuilder().addAllType(types)).build());
  }

  NodeBuilder number(String attribute, long number) {
    return set(attribute, AttrValue.newBuilder().setI(number).build());
  }

  NodeBuilder truth(String attribute) {
    return set(attribute, AttrValue.newBuilder().setB(true).build());
  }

  NodeBuilder text(String attribute, String text) {
    return bytes(attribute, ByteString.copyFromUtf8(text));
  }

  NodeBuilder bytes(String attribute, ByteString bytes) {
    return set(attribute, AttrValue.newBuilder().setS(bytes).build());
  }

  NodeBuilder texts(String attribute, List<String> texts) {
    return set(
        attribute,
        AttrValue.newBuilder()
            .setList(
                AttrValue.ListValue.newBuilder()
                    .addAllS(texts.stream().map(ByteString::copyFromUtf8).toList()))
            .build());
  }

  NodeBuilder shape(String attribute, List<Integer> shape) {
    return set(attribute, AttrValue.newBuilder().setShape(GraphBuilder.shape(shape)).build());
  }

  NodeBuilder shapes(String attribute, List<List<Integer>> shapes) {
    return set(
        attribute,
        AttrValue.newBuilder()
            .setList(
                AttrValue.ListValue.newBuilder()
                    .addAllShape(shapes.stream().map(GraphBuilder::shape).toList()))
            .build());
  }

  /** Adds it to its graph. */
  String add() {
    return graph.add(node.build());
  }

  static AttrValue value(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  static AttrValue value(TensorProto tensor) {
    return AttrValue.newBuilder().setTensor(tensor).build();
  }

  private NodeBuilder set(String attribute, AttrValue value) {
    node.putAttr(attribute, value);
    return this;
  }
}
