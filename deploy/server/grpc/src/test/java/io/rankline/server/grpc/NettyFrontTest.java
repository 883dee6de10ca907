package io.rankline.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.rankline.io.Storage;
import io.rankline.io.example.ExampleWriter;
import io.rankline.server.front.GrpcFront;
import io.rankline.server.http.ApiKeys;
import io.rankline.server.http.HttpLimits;
import io.rankline.server.http.HttpSettings;
import io.rankline.server.http.ModelServer;
import io.rankline.server.message.MessageApi;
import io.rankline.server.model.ModelSettings;
import io.rankline.server.model.ServedModels;
import io.rankline.server.model.VersionPolicy;
import io.rankline.server.protocol.ClassificationRequest;
import io.rankline.server.protocol.DataType;
import io.rankline.server.protocol.ExampleListWithContext;
import io.rankline.server.protocol.GetModelMetadataRequest;
import io.rankline.server.protocol.GetModelStatusRequest;
import io.rankline.server.protocol.Input;
import io.rankline.server.protocol.ModelSpec;
import io.rankline.server.protocol.ModelVersionStatus;
import io.rankline.server.protocol.PredictRequest;
import io.rankline.server.protocol.PredictResponse;
import io.rankline.server.protocol.Regression;
import io.rankline.server.protocol.RegressionRequest;
import io.rankline.server.protocol.SignatureDef;
import io.rankline.server.protocol.SignatureDefMap;
import io.rankline.server.protocol.TensorProto;
import io.rankline.server.protocol.TensorShapeProto;
import io.rankline.server.rest.RestLimits;
import io.rankline.server.testing.ShopModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A client of gRPC against the server. A score of the model is half the price and 1 (version 1) or
 * 2 (version 2).
 */
class NettyFrontTest {

  private static final String KEY = "secret";
  private static final int MOST_BYTES = 100_000;

  private static ServedModels models;
  private static ModelServer http;
  private static GrpcFront.Running running;
  private static ManagedChannel channel;
  private static Channel client;

  @BeforeAll
  static void start(@TempDir Path base) throws IOException {
    ShopModel.export(base.resolve("shop"), "1", 1);
    ShopModel.export(base.resolve("shop"), "2", 2);
    ShopModel.exportTwoTasks(base.resolve("tasks"), "7");
    models =
        new ServedModels(
            Storage.ofClassPath(),
            () ->
                List.of(
                    new ModelSettings(
                        "shop",
                        base.resolve("shop").toString(),
                        new VersionPolicy.All(),
                        Map.of("stable", 1L)),
                    ModelSettings.latest("tasks", base.resolve("tasks").toString())));
    models.pollVersions();
    Duration time = Duration.ofSeconds(20);
    HttpLimits limits = new HttpLimits(MOST_BYTES, MOST_BYTES, 100, 2, 100, time, time, time);
    HttpSettings settings =
        new HttpSettings(
            "127.0.0.1",
            0,
            Optional.empty(),
            List.of(KEY),
            HttpSettings.METRICS_PATH,
            Optional.empty());
    http = new ModelServer(models, settings, limits, new RestLimits(50, 50));
    running =
        GrpcFront.find()
            .orElseThrow()
            .start(
                new GrpcFront.Setup(
                    settings.host(),
                    0,
                    Optional.empty(),
                    new ApiKeys(settings.apiKeys()),
                    limits,
                    new MessageApi(models, 50),
                    http.queue(),
                    http.metrics()));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", running.port()).usePlaintext().build();
    Metadata key = new Metadata();
    key.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), KEY);
    client = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(key));
  }

  @AfterAll
  static void stop() throws IOException {
    channel.shutdownNow();
    running.stop(Duration.ofSeconds(5));
    http.stop();
    models.close();
  }

  private static <Q, A> A call(MethodDescriptor<Q, A> method, Q request) {
    return ClientCalls.blockingUnaryCall(client, method, CallOptions.DEFAULT, request);
  }

  private static <Q> void assertFault(
      MethodDescriptor<Q, ?> method, Q request, String codeAndText) {
    assertThatThrownBy(() -> call(method, request))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage(codeAndText);
  }

  private static ModelSpec shop(String signature) {
    return ModelSpec.newBuilder().setName("shop").setSignatureName(signature).build();
  }

  private static TensorProto tensor(byte[]... records) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_STRING);
    tensor.setTensorShape(shape(records.length));
    for (byte[] record : records) {
      tensor.addStringVal(ByteString.copyFrom(record));
    }
    return tensor.build();
  }

  private static TensorShapeProto shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDimBuilder().setSize(size);
    }
    return shape.build();
  }

  private static PredictRequest predict(TensorProto inputs) {
    return PredictRequest.newBuilder()
        .setModelSpec(shop("tensorflow/serving/predict"))
        .putInputs("inputs", inputs)
        .build();
  }

  @Test
  void listsHaveScoresAndShorterOnesArePadded() {
    PredictResponse answer =
        call(Methods.PREDICT, predict(tensor(ShopModel.elwc(5, 6, 9), ShopModel.elwc(1))));

    TensorProto scores = answer.getOutputsOrThrow("outputs");
    float padding = (float) Math.log(1e-10);
    assertThat(scores.getDtype()).isEqualTo(DataType.DT_FLOAT);
    assertThat(scores.getTensorShape()).isEqualTo(shape(2, 3));
    assertThat(scores.getFloatValList()).containsExactly(4.5f, 5f, 6.5f, 2.5f, padding, padding);
    assertThat(answer.getModelSpec())
        .isEqualTo(
            shop("tensorflow/serving/predict").toBuilder().setVersion(Int64Value.of(2)).build());
  }

  @Test
  void theModelsOutputsMayBeFiltered() {
    PredictRequest request =
        predict(tensor(ShopModel.elwc(5))).toBuilder()
            .setModelSpec(
                ModelSpec.newBuilder()
                    .setName("tasks")
                    .setSignatureName("tensorflow/serving/predict"))
            .build();

    assertThat(call(Methods.PREDICT, request).getOutputsMap()).containsOnlyKeys("buy", "click");
    assertThat(
            call(Methods.PREDICT, request.toBuilder().addOutputFilter("click").build())
                .getOutputsMap())
        .containsOnlyKeys("click");
    assertFault(
        Methods.PREDICT,
        request.toBuilder().addOutputFilter("x").build(),
        "INVALID_ARGUMENT: output tensor alias not found in signature: x Outputs expected to be in"
            + " the set {buy,click}.");
  }

  @Test
  void aVersionOrALabelMayBeAskedFor() {
    PredictRequest request = predict(tensor(ShopModel.elwc(5)));
    ModelSpec spec = request.getModelSpec();
    for (ModelSpec old :
        List.of(
            spec.toBuilder().setVersion(Int64Value.of(1)).build(),
            spec.toBuilder().setVersionLabel("stable").build())) {
      PredictResponse answer = call(Methods.PREDICT, request.toBuilder().setModelSpec(old).build());

      assertThat(answer.getOutputsOrThrow("outputs").getFloatValList()).containsExactly(3.5f);
      assertThat(answer.getModelSpec().getVersion().getValue()).isEqualTo(1);
    }
  }

  @Test
  void whatCannotBePredictedIsRefusedAsTensorFlowServingDoes() {
    PredictRequest good = predict(tensor(ShopModel.elwc(5)));
    assertFault(
        Methods.PREDICT,
        good.toBuilder().clearModelSpec().build(),
        "INVALID_ARGUMENT: Missing ModelSpec");
    assertFault(
        Methods.PREDICT,
        good.toBuilder().setModelSpec(ModelSpec.getDefaultInstance()).build(),
        "INVALID_ARGUMENT: ModelSpec has no name specified.");
    assertFault(
        Methods.PREDICT,
        good.toBuilder().setModelSpec(ModelSpec.newBuilder().setName("x")).build(),
        "NOT_FOUND: Servable not found for request: Latest(x)");
    assertFault(
        Methods.PREDICT,
        good.toBuilder()
            .setModelSpec(ModelSpec.newBuilder().setName("shop").setVersion(Int64Value.of(9)))
            .build(),
        "NOT_FOUND: Servable not found for request: Specific(shop, 9)");
    assertFault(
        Methods.PREDICT,
        good.toBuilder()
            .setModelSpec(ModelSpec.newBuilder().setName("shop").setVersionLabel("x"))
            .build(),
        "INVALID_ARGUMENT: Unrecognized servable version label: x");
    assertFault(
        Methods.PREDICT,
        good.toBuilder().setModelSpec(shop("x")).build(),
        "FAILED_PRECONDITION: Serving signature key \"x\" not found.");
    assertFault(
        Methods.PREDICT,
        good.toBuilder().clearInputs().putInputs("x", tensor()).build(),
        "INVALID_ARGUMENT: input size does not match signature: 1!=1 len({x}) != len({inputs})."
            + " Sent extra: {x}. Missing but required: {inputs}.");
  }

  @Test
  void aTensorThatIsNoVectorOfRecordsIsRefused() {
    TensorProto good = tensor(ShopModel.elwc(5));
    assertFault(
        Methods.PREDICT,
        predict(good.toBuilder().setDtype(DataType.DT_FLOAT).build()),
        "INVALID_ARGUMENT: input 'inputs' must be of type DT_STRING, got DT_FLOAT");
    assertFault(
        Methods.PREDICT,
        predict(good.toBuilder().setTensorShape(shape(1, 1)).build()),
        "INVALID_ARGUMENT: input 'inputs' must have one dimension, the number of serialized"
            + " records, got [1, 1]");
    for (long size : new long[] {1L << 40, 0, -1}) {
      assertFault(
          Methods.PREDICT,
          predict(good.toBuilder().setTensorShape(shape(size)).build()),
          "INVALID_ARGUMENT: tensor parsing error: inputs; string_val must have as many strings as"
              + " the shape says, %s, got 1".formatted(size));
    }
    assertFault(
        Methods.PREDICT,
        predict(tensor(ShopModel.elwc(new float[51]))),
        "INVALID_ARGUMENT: a request must have 50 items or less (lists are as long as the longest),"
            + " got 51; send fewer lists at once, or start the server with a larger --max-items");
    assertThatThrownBy(() -> call(Methods.PREDICT, predict(tensor(new byte[] {1, 2, 3}))))
        .hasMessageStartingWith("INVALID_ARGUMENT: input 0: ");
  }

  @Test
  void examplesHaveAScoreEachOnTheContext() {
    ExampleWriter context = new ExampleWriter();
    context.floats("price", new float[] {5}, 0, 1);
    ExampleWriter example = new ExampleWriter();
    example.floats("price", new float[] {9}, 0, 1);
    Input input =
        Input.newBuilder()
            .setExampleListWithContext(
                ExampleListWithContext.newBuilder()
                    .setContext(ByteString.copyFrom(context.toByteArray()))
                    .addExamples(ByteString.EMPTY)
                    .addExamples(ByteString.copyFrom(example.toByteArray())))
            .build();
    RegressionRequest request =
        RegressionRequest.newBuilder()
            .setModelSpec(shop("tensorflow/serving/regress"))
            .setInput(input)
            .build();

    assertThat(call(Methods.REGRESS, request).getResult().getRegressionsList())
        .extracting(Regression::getValue)
        .containsExactly(4.5f, 6.5f);
    assertFault(
        Methods.REGRESS,
        request.toBuilder().clearInput().build(),
        "INVALID_ARGUMENT: Input is empty.");
    assertFault(
        Methods.REGRESS,
        request.toBuilder().setModelSpec(shop("x")).build(),
        "INVALID_ARGUMENT: No signature was found with the name: x");
  }

  @Test
  void aRankerDoesNotClassify() {
    assertFault(
        Methods.CLASSIFY,
        ClassificationRequest.newBuilder().setModelSpec(shop("")).build(),
        "FAILED_PRECONDITION: Expected classification signature outputs to contain at least one of"
            + " \"classes\" or \"scores\". Signature was: serving_default with outputs outputs");
  }

  @Test
  void signaturesAreToldAsMetadata() throws InvalidProtocolBufferException {
    GetModelMetadataRequest request =
        GetModelMetadataRequest.newBuilder()
            .setModelSpec(shop(""))
            .addMetadataField("signature_def")
            .build();

    SignatureDefMap signatures =
        call(Methods.GET_MODEL_METADATA, request)
            .getMetadataOrThrow("signature_def")
            .unpack(SignatureDefMap.class);

    assertThat(signatures.getSignatureDefMap())
        .containsOnlyKeys(
            "serving_default", "tensorflow/serving/predict", "tensorflow/serving/regress");
    SignatureDef predict = signatures.getSignatureDefOrThrow("tensorflow/serving/predict");
    assertThat(predict.getInputsOrThrow("inputs").getDtype()).isEqualTo(DataType.DT_STRING);
    assertThat(predict.getOutputsOrThrow("outputs").getTensorShape()).isEqualTo(shape(-1, -1));
    assertFault(
        Methods.GET_MODEL_METADATA,
        request.toBuilder().clearMetadataField().build(),
        "INVALID_ARGUMENT: GetModelMetadataRequest must specify at least one metadata_field");
    assertFault(
        Methods.GET_MODEL_METADATA,
        request.toBuilder().addMetadataField("x").build(),
        "INVALID_ARGUMENT: Metadata field x is not supported");
  }

  @Test
  void versionsHaveTheirStatus() {
    GetModelStatusRequest request =
        GetModelStatusRequest.newBuilder().setModelSpec(shop("")).build();

    assertThat(call(Methods.GET_MODEL_STATUS, request).getModelVersionStatusList())
        .extracting(ModelVersionStatus::getVersion)
        .containsExactly(2L, 1L);
    assertThat(call(Methods.GET_MODEL_STATUS, request).getModelVersionStatus(0).getState())
        .isEqualTo(ModelVersionStatus.State.AVAILABLE);
    assertFault(
        Methods.GET_MODEL_STATUS,
        request.toBuilder().setModelSpec(ModelSpec.newBuilder().setName("x")).build(),
        "NOT_FOUND: Could not find any versions of model x");
  }

  @Test
  void callsWithoutAKeyAreRefused() {
    assertThatThrownBy(
            () ->
                ClientCalls.blockingUnaryCall(
                    channel,
                    Methods.PREDICT,
                    CallOptions.DEFAULT,
                    predict(tensor(ShopModel.elwc(5)))))
        .hasMessage(
            "UNAUTHENTICATED: an API key is needed, as 'Authorization: Bearer KEY' or 'X-API-Key:"
                + " KEY'");
  }

  @Test
  void aMessageThatIsTooLargeIsRefusedUnread() {
    assertThatThrownBy(() -> call(Methods.PREDICT, predict(tensor(new byte[MOST_BYTES]))))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith("RESOURCE_EXHAUSTED: ");
  }

  @Test
  void requestsAreCountedBesideThoseOfRest() {
    PredictResponse unused = call(Methods.PREDICT, predict(tensor(ShopModel.elwc(5))));

    assertThat(http.metrics().text())
        .contains("model_name=\"shop\",API=\"predict\",entrypoint=\"GRPC\"");
  }
}
