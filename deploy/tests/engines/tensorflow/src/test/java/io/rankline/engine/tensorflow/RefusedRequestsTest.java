package io.rankline.engine.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.data.RankingList;
import io.rankline.engine.tensorflow.LoadedModel.Output;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.parity.ParityLists;
import io.rankline.io.proto.BytesList;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.Feature;
import io.rankline.io.proto.Features;
import io.rankline.io.proto.FloatList;
import io.rankline.io.proto.Int64List;
import io.rankline.io.record.ElwcEncoder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What Rankline refuses, TensorFlow refuses with the graph that Rankline writes. */
class RefusedRequestsTest {

  private static final String PREDICT = "tensorflow/serving/predict";
  private static final String REGRESS = "tensorflow/serving/regress";

  @Test
  void aFeatureWithoutDefaultIsDemandedByName() {
    assertThatThrownBy(() -> scores("transforms", features -> features.removeFeature("plain")))
        .hasMessageContaining(
            "Feature: plain (data type: float) is required but could not be found.");
  }

  @Test
  void aFeatureOfAnotherTypeIsRefusedByName() {
    assertThatThrownBy(() -> scores("transforms", features -> with(features, "plain", integers(1))))
        .hasMessageContaining(
            "Key: plain, Index: 0.  Data types don't match. Data type: int64 but expected type:"
                + " float");
  }

  @Test
  void moreValuesThanTheModelTakesAreRefused() {
    assertThatThrownBy(
            () -> scores("transforms", features -> with(features, "ratings", floats(1, 2, 3))))
        .hasMessageContaining("feature ratings has more values than the model takes, 2");
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    assertThatThrownBy(
            () ->
                scores(
                    "transforms",
                    features -> with(features, "plain", floats(Float.POSITIVE_INFINITY))))
        .hasMessageContaining("a feature is infinite : Tensor had Inf");
  }

  @Test
  void anIdThatTheTableHasNotIsRefused() {
    assertThatThrownBy(
            () -> scores("tokens-mean", features -> with(features, "category", integers(3, 9))))
        .hasMessageContaining("feature category: id must be from 0 to 8");
  }

  @Test
  void anIdThatIsIgnoredHasNoPart() {
    assertThat(scores("tokens-sum", features -> with(features, "user", integers(-1, 3, 6))))
        .isEqualTo(scores("tokens-sum", features -> with(features, "user", integers(3))));
  }

  @Test
  void onlyTokensWithAnIdAreCounted() {
    UnaryOperator<Features.Builder> masked =
        features -> with(features, "tags", texts("[PAD]", "red", "[PAD]", "shoe", "7"));

    assertThat(scores("tokens-sum", masked))
        .isEqualTo(scores("tokens-sum", features -> with(features, "tags", texts("red", "shoe"))));
  }

  @Test
  void aDamagedRecordIsRefused() {
    try (LoadedModel model = LoadedModel.load(ExportedKinds.saved("dnn-relu"))) {
      assertThatThrownBy(() -> model.call(PREDICT, List.of(new byte[] {10, 100, 1})))
          .hasMessageContaining("Failed skipping field when counting");
    }
  }

  @Test
  void aRequestWithoutItemsIsAnsweredByOneColumnOfPadding() {
    EngineModel model = ExportedKinds.model("transformer");
    RankingList list = ParityLists.of(model, 1).lists().get(0).select(new int[0]);
    byte[] record = new ElwcEncoder(model.scorer().requests()).encode(list);

    try (LoadedModel loaded = LoadedModel.load(ExportedKinds.saved("transformer"))) {
      Output output =
          Objects.requireNonNull(loaded.call(PREDICT, List.of(record, record)).get("outputs"));

      assertThat(output.shape()).containsExactly(2, 1);
      assertThat(output.values()).containsExactly(-23.02585f, -23.02585f);
    }
  }

  /** Scores of an item that has changed. */
  private static float[] scores(String kind, UnaryOperator<Features.Builder> change) {
    EngineModel model = ExportedKinds.model(kind);
    RankingList list = ParityLists.of(model, 1).lists().get(0);
    byte[] item = new ElwcEncoder(model.scorer().requests()).encodeItem(list, 0);
    try (LoadedModel loaded = LoadedModel.load(ExportedKinds.saved(kind))) {
      Features.Builder features = Example.parseFrom(item).getFeatures().toBuilder();
      byte[] changed =
          Example.newBuilder().setFeatures(change.apply(features)).build().toByteArray();
      return Objects.requireNonNull(loaded.call(REGRESS, List.of(changed)).get("outputs")).values();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Features.Builder with(Features.Builder features, String name, Feature value) {
    return features.putAllFeature(Map.of(name, value));
  }

  private static Feature floats(float... values) {
    FloatList.Builder list = FloatList.newBuilder();
    for (float value : values) {
      list.addValue(value);
    }
    return Feature.newBuilder().setFloatList(list).build();
  }

  private static Feature integers(long... values) {
    Int64List.Builder list = Int64List.newBuilder();
    for (long value : values) {
      list.addValue(value);
    }
    return Feature.newBuilder().setInt64List(list).build();
  }

  private static Feature texts(String... values) {
    BytesList.Builder list = BytesList.newBuilder();
    for (String value : values) {
      list.addValue(ByteString.copyFromUtf8(value));
    }
    return Feature.newBuilder().setBytesList(list).build();
  }
}
