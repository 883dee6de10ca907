package io.rankline.server.message;

import com.google.protobuf.Int64Value;
import io.rankline.server.model.ModelChoice;
import io.rankline.server.model.ModelLease;
import io.rankline.server.model.ServedModels;
import io.rankline.server.model.VersionStatus;
import io.rankline.server.protocol.ClassificationRequest;
import io.rankline.server.protocol.ClassificationResponse;
import io.rankline.server.protocol.GetModelMetadataRequest;
import io.rankline.server.protocol.GetModelMetadataResponse;
import io.rankline.server.protocol.GetModelStatusRequest;
import io.rankline.server.protocol.GetModelStatusResponse;
import io.rankline.server.protocol.ModelSpec;
import io.rankline.server.protocol.ModelVersionStatus;
import io.rankline.server.protocol.PredictRequest;
import io.rankline.server.protocol.PredictResponse;
import io.rankline.server.protocol.RegressionRequest;
import io.rankline.server.protocol.RegressionResponse;
import io.rankline.server.protocol.StatusProto;
import io.rankline.server.signature.SignatureCall;
import io.rankline.server.status.RequestFault;
import io.rankline.serving.SignatureName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Answers TensorFlow Serving's messages: those of its services PredictionService and ModelService.
 * Codes and texts of faults are its own. Safe for use by several threads.
 */
public final class MessageApi {

  private final ServedModels models;
  private final SignatureCall signatures;

  /**
   * An API to those models.
   *
   * @param mostItems that a request may have scored
   */
  public MessageApi(ServedModels models, long mostItems) {
    this.models = models;
    this.signatures = new SignatureCall(mostItems);
  }

  /**
   * Scores of the records of a string tensor, by a signature.
   *
   * @throws RequestFault with a code and a message for whoever asked
   */
  public PredictResponse predict(PredictRequest request) throws RequestFault {
    ModelChoice choice = choice(request.hasModelSpec(), request.getModelSpec());
    try (ModelLease lease = models.lease(choice)) {
      return PredictMessages.predict(lease, request, signatures);
    }
  }

  /**
   * Scores of tf.Examples.
   *
   * @throws RequestFault with a code and a message for whoever asked
   */
  public RegressionResponse regress(RegressionRequest request) throws RequestFault {
    ModelChoice choice = choice(request.hasModelSpec(), request.getModelSpec());
    try (ModelLease lease = models.lease(choice)) {
      return RegressMessages.regress(lease, request, signatures);
    }
  }

  /**
   * Refuses: a ranker has scores without classes.
   *
   * @throws RequestFault always
   */
  public ClassificationResponse classify(ClassificationRequest request) throws RequestFault {
    ModelChoice choice = choice(request.hasModelSpec(), request.getModelSpec());
    try (ModelLease lease = models.lease(choice)) {
      throw SignatureCall.noClasses(lease, keyOf(request.getModelSpec()));
    }
  }

  /**
   * The signatures of a model.
   *
   * @throws RequestFault with a code and a message for whoever asked
   */
  public GetModelMetadataResponse metadata(GetModelMetadataRequest request) throws RequestFault {
    ModelChoice choice = choice(request.hasModelSpec(), request.getModelSpec());
    if (request.getMetadataFieldCount() == 0) {
      throw RequestFault.invalid(
          "GetModelMetadataRequest must specify at least one metadata_field");
    }
    for (String field : request.getMetadataFieldList()) {
      if (!field.equals(MetadataMessages.SIGNATURE_DEF)) {
        throw RequestFault.invalid("Metadata field %s is not supported".formatted(field));
      }
    }
    try (ModelLease lease = models.lease(choice)) {
      return MetadataMessages.metadata(choice.name(), lease);
    }
  }

  /**
   * Where the versions of a model stand.
   *
   * @throws RequestFault with a code and a message for whoever asked
   */
  public GetModelStatusResponse status(GetModelStatusRequest request) throws RequestFault {
    ModelChoice choice = choice(request.hasModelSpec(), request.getModelSpec());
    GetModelStatusResponse.Builder response = GetModelStatusResponse.newBuilder();
    for (VersionStatus version : models.statuses(choice)) {
      response.addModelVersionStatus(
          ModelVersionStatus.newBuilder()
              .setVersion(version.version())
              .setState(ModelVersionStatus.State.valueOf(version.state().name()))
              .setStatus(
                  StatusProto.newBuilder()
                      .setErrorCode(version.code().grpc())
                      .setErrorMessage(version.message())));
    }
    return response.build();
  }

  static ModelSpec specOf(String name, String signature, ModelLease lease) {
    return ModelSpec.newBuilder()
        .setName(name)
        .setSignatureName(signature)
        .setVersion(Int64Value.of(lease.version()))
        .build();
  }

  /** The signature that a request names, or the default. */
  static String keyOf(ModelSpec spec) {
    return spec.getSignatureName().isEmpty()
        ? SignatureName.SERVING_DEFAULT
        : spec.getSignatureName();
  }

  private static ModelChoice choice(boolean given, ModelSpec spec) throws RequestFault {
    if (!given) {
      throw RequestFault.invalid("Missing ModelSpec");
    }
    if (spec.getName().isEmpty()) {
      throw RequestFault.invalid("ModelSpec has no name specified.");
    }
    return new ModelChoice(
        spec.getName(),
        spec.hasVersion() ? OptionalLong.of(spec.getVersion().getValue()) : OptionalLong.empty(),
        spec.hasVersionLabel() ? Optional.of(spec.getVersionLabel()) : Optional.empty());
  }
}
