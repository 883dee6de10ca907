package io.rankline.server.warmup;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.model.ListScorer;
import io.rankline.server.model.ModelLease;
import io.rankline.server.model.ModelSettings;
import io.rankline.server.model.ModelStart;
import io.rankline.server.model.ServedModels;
import io.rankline.server.model.VersionState;
import io.rankline.server.model.VersionStatus;
import io.rankline.server.protocol.DataType;
import io.rankline.server.protocol.ModelSpec;
import io.rankline.server.protocol.PredictLog;
import io.rankline.server.protocol.PredictRequest;
import io.rankline.server.protocol.PredictionLog;
import io.rankline.server.protocol.TensorProto;
import io.rankline.server.protocol.TensorShapeProto;
import io.rankline.server.testing.ShopModel;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {

  @TempDir private Path base;

  private final AtomicInteger scored = new AtomicInteger();

  private VersionStatus served(Duration time) throws IOException {
    ModelStart start =
        new ModelStart() {
          @Override
          public ListScorer scorer(SavedRankingModel model) {
            return lists -> {
              scored.addAndGet(lists.size());
              return model.predictAll(lists);
            };
          }

          @Override
          public void prepare(ModelLease lease, Folder folder) throws IOException {
            new WarmUp(1000, time).run(lease, folder);
          }
        };
    try (ServedModels models =
        new ServedModels(
            Storage.ofClassPath(),
            () -> List.of(ModelSettings.latest("shop", base.toString())),
            start)) {
      models.pollVersions();
      return models.statuses().getOrDefault("shop", List.of()).get(0);
    }
  }

  private static PredictionLog predict(String signature, ByteString... records) {
    TensorProto tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(
                TensorShapeProto.newBuilder()
                    .addDim(TensorShapeProto.Dim.newBuilder().setSize(records.length)))
            .addAllStringVal(List.of(records))
            .build();
    return PredictionLog.newBuilder()
        .setPredictLog(
            PredictLog.newBuilder()
                .setRequest(
                    PredictRequest.newBuilder()
                        .setModelSpec(
                            ModelSpec.newBuilder().setName("shop").setSignatureName(signature))
                        .putInputs("inputs", tensor)))
        .build();
  }

  private void record(PredictionLog... logs) throws IOException {
    Path file = base.resolve("1/assets.extra/tf_serving_warmup_requests");
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        TfRecordWriter writer = new TfRecordWriter(out)) {
      for (PredictionLog log : logs) {
        writer.write(log.toByteArray());
      }
    }
  }

  @Test
  void madeUpRequestsAreAnsweredBeforeTheVersionIsServed() throws IOException {
    ShopModel.export(base, "1", 1);

    VersionStatus status = served(Duration.ofMillis(50));

    assertThat(status.state()).isEqualTo(VersionState.AVAILABLE);
    assertThat(scored.get()).isGreaterThan(2);
  }

  @Test
  void recordedRequestsAreAnsweredBeforeTheVersionIsServed() throws IOException {
    ShopModel.export(base, "1", 1);
    ByteString list = ByteString.copyFrom(ShopModel.elwc(5, 6));
    record(
        predict("tensorflow/serving/predict", list, list),
        predict("tensorflow/serving/predict", list));

    VersionStatus status = served(Duration.ZERO);

    assertThat(status.state()).isEqualTo(VersionState.AVAILABLE);
    assertThat(scored).hasValue(3);
  }

  @Test
  void aVersionThatRefusesARecordedRequestIsNotServed() throws IOException {
    ShopModel.export(base, "1", 1);
    ByteString list = ByteString.copyFrom(ShopModel.elwc(5));
    record(predict("tensorflow/serving/predict", list), predict("x", list));

    VersionStatus status = served(Duration.ZERO);

    assertThat(status.state()).isEqualTo(VersionState.END);
    assertThat(status.message())
        .isEqualTo(
            "%s/1/assets.extra/tf_serving_warmup_requests: record 1 is refused: Serving signature"
                    .formatted(Storage.ofClassPath().folder(base.toString()).path())
                + " key \"x\" not found.; write the file again for this model, or delete it");
  }
}
