package io.rankline.export.onnx.interpreter;

import com.google.protobuf.ByteString;
import io.rankline.export.onnx.proto.AttributeProto;
import io.rankline.export.onnx.proto.NodeProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A node with its inputs. Attributes that were not asked for are refused: nothing of a file may be
 * left aside.
 */
final class Node {

  private final NodeProto node;
  private final List<Tensor> inputs;
  private final Set<String> asked = new HashSet<>();

  Node(NodeProto node, List<Tensor> inputs) {
    this.node = node;
    this.inputs = inputs;
  }

  List<Tensor> inputs() {
    return inputs;
  }

  Tensor input(int k) {
    if (k >= inputs.size()) {
      throw new IllegalArgumentException("input %s is missing".formatted(k));
    }
    return inputs.get(k);
  }

  long integer(String name) {
    return attribute(name).getI();
  }

  long integer(String name, long otherwise) {
    return has(name) ? integer(name) : otherwise;
  }

  int[] integers(String name) {
    return attribute(name).getIntsList().stream().mapToInt(Math::toIntExact).toArray();
  }

  List<Long> longs(String name) {
    return attribute(name).getIntsList();
  }

  List<String> texts(String name) {
    return attribute(name).getStringsList().stream().map(ByteString::toStringUtf8).toList();
  }

  /** Refuses attributes that were not asked for. */
  void requireAllAsked() {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (!asked.contains(attribute.getName())) {
        throw new IllegalArgumentException(
            "attribute '%s' is not known".formatted(attribute.getName()));
      }
    }
  }

  private boolean has(String name) {
    asked.add(name);
    return node.getAttributeList().stream().anyMatch(one -> one.getName().equals(name));
  }

  private AttributeProto attribute(String name) {
    asked.add(name);
    return node.getAttributeList().stream()
        .filter(one -> one.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("attribute '%s' is missing".formatted(name)));
  }
}
