package io.rankline.server.message;

import io.rankline.server.protocol.DataType;
import io.rankline.server.protocol.TensorProto;
import io.rankline.server.protocol.TensorShapeProto;
import io.rankline.server.signature.SignatureCall;
import io.rankline.server.status.RequestFault;
import java.util.ArrayList;
import java.util.List;

/** A vector of strings, as a tensor has it. */
final class StringTensor {

  private StringTensor() {}

  /**
   * The strings of a tensor. Fewer of them than the shape asks for stand for more of the last one,
   * as in TensorFlow.
   *
   * @throws RequestFault INVALID_ARGUMENT for another type or shape
   */
  static List<byte[]> read(String name, TensorProto tensor, SignatureCall limits)
      throws RequestFault {
    if (tensor.getDtype() != DataType.DT_STRING) {
      throw RequestFault.invalid(
          "input '%s' must be of type DT_STRING, got %s".formatted(name, tensor.getDtype()));
    }
    TensorShapeProto shape = tensor.getTensorShape();
    if (shape.getUnknownRank() || shape.getDimCount() != 1 || shape.getDim(0).getSize() < 0) {
      throw RequestFault.invalid(
          "input '%s' must have one dimension, the number of serialized records, got %s"
              .formatted(name, shape.getDimList().stream().map(dim -> dim.getSize()).toList()));
    }
    long size = shape.getDim(0).getSize();
    limits.requireFewItems(size);
    int given = tensor.getStringValCount();
    if (given == 0 && size > 0) {
      throw RequestFault.invalid(
          "tensor parsing error: %s; strings are read from string_val, which is empty"
              .formatted(name));
    }
    List<byte[]> values = new ArrayList<>((int) size);
    for (int i = 0; i < size; i++) {
      values.add(i < given ? tensor.getStringVal(i).toByteArray() : values.get(values.size() - 1));
    }
    return values;
  }
}
