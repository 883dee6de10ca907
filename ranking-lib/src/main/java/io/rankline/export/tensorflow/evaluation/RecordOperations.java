package io.rankline.export.tensorflow.evaluation;

import static io.rankline.export.tensorflow.proto.DataType.DT_INT32;
import static io.rankline.export.tensorflow.proto.DataType.DT_STRING;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations that take serialized messages apart. */
final class RecordOperations {

  private static final String SOURCE = "bytes://";

  private RecordOperations() {}

  static Map<String, Operation> table() {
    Map<String, Operation> table = new HashMap<>();
    table.put("DecodeProtoV2", RecordOperations::decoded);
    table.put("ReduceJoin", (attributes, inputs) -> List.of(joined(inputs)));
    table.put("ParseExampleV2", ExampleParsing::run);
    return table;
  }

  /**
   * How often each field stands in each message, [B, fields], then the values of each field, [B,
   * most], with empty texts where a message has fewer, and at least one column.
   */
  private static List<Tensor> decoded(Attributes attributes, List<Tensor> inputs) {
    List<Integer> numbers = numbers(attributes);
    byte[][] messages = inputs.get(0).texts();
    List<List<List<byte[]>>> values = new ArrayList<>();
    for (byte[] message : messages) {
      values.add(fields(message, numbers));
    }
    long[] counts = new long[messages.length * numbers.size()];
    List<Tensor> outputs = new ArrayList<>();
    for (int f = 0; f < numbers.size(); f++) {
      int most = 1;
      for (int b = 0; b < messages.length; b++) {
        int count = values.get(b).get(f).size();
        counts[b * numbers.size() + f] = count;
        most = Math.max(most, count);
      }
      byte[][] texts = (byte[][]) Tensor.room(DT_STRING, messages.length * most);
      for (int b = 0; b < messages.length; b++) {
        List<byte[]> row = values.get(b).get(f);
        for (int k = 0; k < row.size(); k++) {
          texts[b * most + k] = row.get(k);
        }
      }
      outputs.add(Tensor.of(texts, messages.length, most));
    }
    outputs.add(0, Tensor.of(DT_INT32, counts, messages.length, numbers.size()));
    return outputs;
  }

  /** The numbers of the fields that are asked for; each is repeated bytes. */
  private static List<Integer> numbers(Attributes attributes) {
    ByteString source = attributes.bytes("descriptor_source");
    if (!source.startsWith(ByteString.copyFromUtf8(SOURCE))) {
      throw new IllegalArgumentException("descriptor_source must start with " + SOURCE);
    }
    String wanted = attributes.bytes("message_type").toStringUtf8();
    DescriptorProto message = null;
    for (FileDescriptorProto file : parsed(source.substring(SOURCE.length())).getFileList()) {
      for (DescriptorProto type : file.getMessageTypeList()) {
        if (wanted.equals(file.getPackage() + "." + type.getName())) {
          message = type;
        }
      }
    }
    if (message == null) {
      throw new IllegalArgumentException("no message " + wanted);
    }
    List<Integer> numbers = new ArrayList<>();
    for (String name : attributes.texts("field_names")) {
      FieldDescriptorProto field =
          message.getFieldList().stream()
              .filter(known -> known.getName().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no field " + name));
      if (field.getType() != FieldDescriptorProto.Type.TYPE_BYTES
          || field.getLabel() != FieldDescriptorProto.Label.LABEL_REPEATED) {
        throw new IllegalArgumentException("field %s must be repeated bytes".formatted(name));
      }
      numbers.add(field.getNumber());
    }
    return numbers;
  }

  private static FileDescriptorSet parsed(ByteString bytes) {
    try {
      return FileDescriptorSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("descriptor_source: " + e.getMessage(), e);
    }
  }

  private static List<List<byte[]>> fields(byte[] message, List<Integer> numbers) {
    List<List<byte[]>> values = new ArrayList<>();
    numbers.forEach(number -> values.add(new ArrayList<>()));
    CodedInputStream in = CodedInputStream.newInstance(message);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        int field = numbers.indexOf(WireFormat.getTagFieldNumber(tag));
        if (field >= 0 && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          values.get(field).add(in.readByteArray());
        } else {
          in.skipField(tag);
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("a record is damaged: " + e.getMessage(), e);
    }
    return values;
  }

  /** The texts of each row, one behind the other. */
  private static Tensor joined(List<Tensor> inputs) {
    int[] shape = inputs.get(0).shape();
    List<byte[]> rows = new ArrayList<>();
    for (int row = 0; row < shape[0]; row++) {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (int k = 0; k < shape[1]; k++) {
        all.writeBytes(inputs.get(0).texts()[row * shape[1] + k]);
      }
      rows.add(all.toByteArray());
    }
    return Tensor.ofTexts(rows);
  }
}
