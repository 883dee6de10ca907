package io.rankline.export.tensorflow.evaluation;

import com.google.protobuf.ByteString;
import io.rankline.export.tensorflow.proto.AttrValue;
import io.rankline.export.tensorflow.proto.DataType;
import io.rankline.export.tensorflow.proto.NodeDef;
import java.util.List;

/** The attributes of a node. */
record Attributes(NodeDef node) {

  DataType type(String name) {
    return required(name).getType();
  }

  DataType type(String name, DataType fallback) {
    AttrValue value = node.getAttrMap().get(name);
    return value == null ? fallback : value.getType();
  }

  long number(String name) {
    return required(name).getI();
  }

  long number(String name, long fallback) {
    AttrValue value = node.getAttrMap().get(name);
    return value == null ? fallback : value.getI();
  }

  boolean truth(String name) {
    AttrValue value = node.getAttrMap().get(name);
    return value != null && value.getB();
  }

  ByteString bytes(String name) {
    return required(name).getS();
  }

  /** A list, of whatever it holds. */
  AttrValue.ListValue list(String name) {
    return required(name).getList();
  }

  List<String> texts(String name) {
    return list(name).getSList().stream().map(ByteString::toStringUtf8).toList();
  }

  AttrValue required(String name) {
    AttrValue value = node.getAttrMap().get(name);
    if (value == null) {
      throw new IllegalArgumentException("attribute '%s' is missing".formatted(name));
    }
    return value;
  }
}
