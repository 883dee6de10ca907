package io.rankline.server.grpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.rankline.server.protocol.ClassificationRequest;
import io.rankline.server.protocol.ClassificationResponse;
import io.rankline.server.protocol.GetModelMetadataRequest;
import io.rankline.server.protocol.GetModelMetadataResponse;
import io.rankline.server.protocol.GetModelStatusRequest;
import io.rankline.server.protocol.GetModelStatusResponse;
import io.rankline.server.protocol.PredictRequest;
import io.rankline.server.protocol.PredictResponse;
import io.rankline.server.protocol.RegressionRequest;
import io.rankline.server.protocol.RegressionResponse;

/** The methods that are answered, for server and clients. */
public final class Methods {

  static final String PREDICTION_SERVICE = "tensorflow.serving.PredictionService";
  static final String MODEL_SERVICE = "tensorflow.serving.ModelService";

  /** Scores of serialized records. */
  public static final MethodDescriptor<PredictRequest, PredictResponse> PREDICT =
      unary(
          PREDICTION_SERVICE,
          "Predict",
          PredictRequest.getDefaultInstance(),
          PredictResponse.getDefaultInstance());

  /** Scores of tf.Examples. */
  public static final MethodDescriptor<RegressionRequest, RegressionResponse> REGRESS =
      unary(
          PREDICTION_SERVICE,
          "Regress",
          RegressionRequest.getDefaultInstance(),
          RegressionResponse.getDefaultInstance());

  /** Refused, in TensorFlow Serving's words. */
  public static final MethodDescriptor<ClassificationRequest, ClassificationResponse> CLASSIFY =
      unary(
          PREDICTION_SERVICE,
          "Classify",
          ClassificationRequest.getDefaultInstance(),
          ClassificationResponse.getDefaultInstance());

  /** The signatures of a model. */
  public static final MethodDescriptor<GetModelMetadataRequest, GetModelMetadataResponse>
      GET_MODEL_METADATA =
          unary(
              PREDICTION_SERVICE,
              "GetModelMetadata",
              GetModelMetadataRequest.getDefaultInstance(),
              GetModelMetadataResponse.getDefaultInstance());

  /** Where the versions of a model stand. */
  public static final MethodDescriptor<GetModelStatusRequest, GetModelStatusResponse>
      GET_MODEL_STATUS =
          unary(
              MODEL_SERVICE,
              "GetModelStatus",
              GetModelStatusRequest.getDefaultInstance(),
              GetModelStatusResponse.getDefaultInstance());

  private Methods() {}

  private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> unary(
      String service, String name, Q request, A answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(answer))
        .build();
  }
}
