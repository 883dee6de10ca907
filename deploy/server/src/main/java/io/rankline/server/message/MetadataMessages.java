package io.rankline.server.message;

import com.google.protobuf.Any;
import io.rankline.server.model.ModelLease;
import io.rankline.server.protocol.DataType;
import io.rankline.server.protocol.GetModelMetadataResponse;
import io.rankline.server.protocol.SignatureDef;
import io.rankline.server.protocol.SignatureDefMap;
import io.rankline.server.protocol.TensorInfo;
import io.rankline.server.protocol.TensorShapeProto;
import io.rankline.serving.SignatureName;

/** {@code GetModelMetadata}: what a model takes and gives. */
final class MetadataMessages {

  static final String SIGNATURE_DEF = "signature_def";

  private static final String INPUT = "inputs";

  private MetadataMessages() {}

  static GetModelMetadataResponse metadata(String name, ModelLease lease) {
    SignatureDefMap.Builder all = SignatureDefMap.newBuilder();
    lease
        .signatures()
        .keys()
        .forEach((key, signature) -> all.putSignatureDef(key, definition(lease, signature)));
    return GetModelMetadataResponse.newBuilder()
        .setModelSpec(MessageApi.specOf(name, "", lease))
        .putMetadata(SIGNATURE_DEF, Any.pack(all.build()))
        .build();
  }

  private static SignatureDef definition(ModelLease lease, SignatureName signature) {
    SignatureDef.Builder definition =
        SignatureDef.newBuilder()
            .setMethodName(signature.key())
            .putInputs(INPUT, tensor(INPUT, DataType.DT_STRING, 1));
    for (String output : lease.signatures().outputs()) {
      int dimensions = signature == SignatureName.PREDICT ? 2 : 1;
      definition.putOutputs(output, tensor(output, DataType.DT_FLOAT, dimensions));
    }
    return definition.build();
  }

  private static TensorInfo tensor(String name, DataType type, int dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int i = 0; i < dimensions; i++) {
      shape.addDimBuilder().setSize(-1);
    }
    return TensorInfo.newBuilder()
        .setName(name + ":0")
        .setDtype(type)
        .setTensorShape(shape)
        .build();
  }
}
