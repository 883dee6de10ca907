package io.rankline.server.message;

import com.google.protobuf.ByteString;
import io.rankline.server.protocol.DataType;
import io.rankline.server.protocol.TensorProto;
import io.rankline.server.protocol.TensorShapeProto;
import io.rankline.server.status.RequestFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A vector of strings, as a tensor has it. */
final class StringTensor {

  private StringTensor() {}

  /**
   * The strings of a tensor. TensorFlow lets one string stand for many of itself; no client sends
   * that, and a few bytes would ask for as much work as there may be.
   *
   * @throws RequestFault INVALID_ARGUMENT for another type or shape
   */
  static List<ByteBuffer> read(String name, TensorProto tensor) throws RequestFault {
    if (tensor.getDtype() != DataType.DT_STRING) {
      throw RequestFault.invalid(
          "input '%s' must be of type DT_STRING, got %s".formatted(name, tensor.getDtype()));
    }
    TensorShapeProto shape = tensor.getTensorShape();
    if (shape.getUnknownRank() || shape.getDimCount() != 1) {
      throw RequestFault.invalid(
          "input '%s' must have one dimension, the number of serialized records, got %s"
              .formatted(name, shape.getDimList().stream().map(dim -> dim.getSize()).toList()));
    }
    if (shape.getDim(0).getSize() != tensor.getStringValCount()) {
      throw RequestFault.invalid(
          "tensor parsing error: %s; string_val must have as many strings as the shape says, %s, got %s"
              .formatted(name, shape.getDim(0).getSize(), tensor.getStringValCount()));
    }
    List<ByteBuffer> values = new ArrayList<>(tensor.getStringValCount());
    for (ByteString value : tensor.getStringValList()) {
      values.add(ByteBuffer.wrap(value.toByteArray()));
    }
    return values;
  }
}
