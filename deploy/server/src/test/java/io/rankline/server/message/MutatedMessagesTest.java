package io.rankline.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.io.Storage;
import io.rankline.server.model.ModelSettings;
import io.rankline.server.model.ServedModels;
import io.rankline.server.protocol.DataType;
import io.rankline.server.protocol.ExampleList;
import io.rankline.server.protocol.Input;
import io.rankline.server.protocol.ModelSpec;
import io.rankline.server.protocol.PredictRequest;
import io.rankline.server.protocol.RegressionRequest;
import io.rankline.server.protocol.TensorProto;
import io.rankline.server.protocol.TensorShapeProto;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import io.rankline.server.testing.ShopModel;
import io.rankline.testing.Fuzzing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that were changed at random: an answer or a documented fault, in time and in memory. */
class MutatedMessagesTest {

  private static final Set<StatusCode> FAULTS =
      Set.of(StatusCode.INVALID_ARGUMENT, StatusCode.FAILED_PRECONDITION, StatusCode.NOT_FOUND);

  @Test
  void aMutatedMessageIsAnsweredOrRefused(@TempDir Path base) throws IOException {
    ShopModel.export(base, "1", 1);
    try (ServedModels models =
        new ServedModels(
            Storage.ofClassPath(), () -> List.of(ModelSettings.latest("shop", base.toString())))) {
      models.pollVersions();
      MessageApi api = new MessageApi(models, 10_000);
      for (boolean predict : List.of(true, false)) {
        Fuzzing.of(
                "messages of " + (predict ? "predict" : "regress"),
                0.02,
                4 << 20,
                4000,
                RequestFault.class)
            .run(
                seed -> {
                  Random random = new Random(seed);
                  return new Fuzzing.Subject(
                      () -> predict ? predict(random) : regress(random),
                      mutant -> answer(api, predict, mutant));
                });
      }
    }
  }

  private static void answer(MessageApi api, boolean predict, byte[] mutant) throws RequestFault {
    try {
      if (predict) {
        assertThat(api.predict(PredictRequest.parseFrom(mutant)).hasModelSpec()).isTrue();
      } else {
        assertThat(api.regress(RegressionRequest.parseFrom(mutant)).hasModelSpec()).isTrue();
      }
    } catch (InvalidProtocolBufferException e) {
      throw RequestFault.invalid(String.valueOf(e.getMessage())); // as gRPC does
    } catch (RequestFault e) {
      assertThat(FAULTS).contains(e.code());
      throw e;
    }
  }

  private static byte[] predict(Random random) {
    int lists = 1 + random.nextInt(2);
    ByteString list = ByteString.copyFrom(ShopModel.elwc(random.nextInt(100) / 4f, 1));
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(lists)))
            .addAllStringVal(Collections.nCopies(lists, list))
            .build();
    return PredictRequest.newBuilder()
        .setModelSpec(spec(random, "tensorflow/serving/predict"))
        .putInputs("inputs", tensor)
        .addOutputFilter("outputs")
        .build()
        .toByteArray();
  }

  private static byte[] regress(Random random) {
    return RegressionRequest.newBuilder()
        .setModelSpec(spec(random, "tensorflow/serving/regress"))
        .setInput(
            Input.newBuilder()
                .setExampleList(
                    ExampleList.newBuilder().addExamples(ShopModel.example(random.nextInt(9)))))
        .build()
        .toByteArray();
  }

  private static ModelSpec spec(Random random, String signature) {
    ModelSpec.Builder spec = ModelSpec.newBuilder().setName("shop");
    return (random.nextBoolean() ? spec.setSignatureName(signature) : spec).build();
  }
}
