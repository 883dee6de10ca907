package io.rankline.export.tensorflow;

import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;
import static io.rankline.export.tensorflow.proto.DataType.DT_STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.ModelKinds;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.tensorflow.evaluation.SavedModelScorer;
import io.rankline.export.tensorflow.proto.MetaGraphDef;
import io.rankline.export.tensorflow.proto.SavedModel;
import io.rankline.export.tensorflow.proto.SignatureDef;
import io.rankline.export.tensorflow.proto.TensorInfo;
import io.rankline.export.tensorflow.proto.TensorShapeProto;
import io.rankline.io.Storage;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import io.rankline.serving.SignatureName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TensorflowFormatTest {

  private static final int LISTS = 60;

  private static final Map<String, ModelExport> KINDS = ModelKinds.all();

  @TempDir private Path folder;

  static Iterable<String> kinds() {
    return KINDS.keySet();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void everyKindScoresAlikeWhenReadBack(String kind) throws IOException {
    assertThat(write(model(kind)).parity().holds()).isTrue();
  }

  @Test
  void signaturesAreThoseOfTensorFlowRanking() throws IOException {
    write(model("dnn-relu"));

    Map<String, SignatureDef> signatures = graph().getSignatureDefMap();
    assertThat(signatures)
        .containsOnlyKeys(
            "serving_default", "tensorflow/serving/predict", "tensorflow/serving/regress")
        .containsEntry("serving_default", signatures.get("tensorflow/serving/regress"));
    SignatureDef predict = graph().getSignatureDefOrThrow("tensorflow/serving/predict");
    assertThat(predict.getMethodName()).isEqualTo("tensorflow/serving/predict");
    assertThat(predict.getInputsMap())
        .isEqualTo(
            Map.of(
                "inputs",
                TensorInfo.newBuilder()
                    .setName("predict/inputs:0")
                    .setDtype(DT_STRING)
                    .setTensorShape(shape(-1))
                    .build()));
    TensorInfo outputs = Objects.requireNonNull(predict.getOutputsMap().get("outputs"));
    assertThat(outputs.getDtype()).isEqualTo(DT_FLOAT);
    assertThat(outputs.getTensorShape()).isEqualTo(shape(-1, -1));
  }

  @Test
  void theServingDefaultMayBePredict() throws IOException {
    write(model("dnn-relu").withServingDefault(SignatureName.PREDICT));

    Map<String, SignatureDef> signatures = graph().getSignatureDefMap();
    assertThat(signatures)
        .containsEntry("serving_default", signatures.get("tensorflow/serving/predict"));
  }

  @Test
  void outputsOfSeveralTasksHaveTheirNames() throws IOException {
    write(model("tasks"));

    for (String key : List.of("tensorflow/serving/predict", "tensorflow/serving/regress")) {
      assertThat(graph().getSignatureDefOrThrow(key).getOutputsMap())
          .containsOnlyKeys("buy", "click");
    }
  }

  @Test
  void severalScoresOfAnItemAreADimension() throws IOException {
    EngineExport export = write(model("several-scores"));

    SignatureDef regress = graph().getSignatureDefOrThrow("tensorflow/serving/regress");
    assertThat(regress.getOutputsOrThrow("outputs").getTensorShape()).isEqualTo(shape(-1, 3));
    assertThat(export.files().remarks())
        .contains(
            "an item has several scores, which TensorFlow Serving's :regress refuses; ask by"
                + " :predict for either signature");
  }

  @Test
  void tablesOfVocabulariesAreFilledWhenTheModelIsLoaded() throws IOException {
    write(model("tokens-mean"));

    assertThat(
            graph()
                .getSignatureDefOrThrow("__saved_model_init_op")
                .getOutputsOrThrow("__saved_model_init_op")
                .getName())
        .isEqualTo("initialization/NoOp");
  }

  @Test
  void anEmptyListHasNoScores() throws IOException {
    EngineModel model = model("document-interaction");
    RankingList list = model.scorer().listOf(Map.of("query_0", 1f), List.of());

    assertThat(reader(model).scores(List.of(list)).get(0).values())
        .allSatisfy(scores -> assertThat(scores).isEmpty());
  }

  @Test
  void whatTheModelRefusesIsRefusedInTheGraph() throws IOException {
    EngineModel model = model("transforms");
    Map<String, Object> item =
        Map.of(
            "cut",
            1f,
            "log_cut",
            1f,
            "plain",
            1f,
            "range",
            List.of(1f, 2f),
            "range_after_log",
            1f,
            "scaled_too",
            List.of(1f, 2f),
            "ratings",
            List.of(1f, 2f, 3f));
    RankingList list = model.scorer().listOf(Map.of(), List.of(item));

    SavedModelScorer reader = reader(model);

    assertThatThrownBy(() -> reader.scores(List.of(list)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "node predict/Assert (Assert): assertion failed: [feature ratings has more values"
                + " than the model takes, 2]");
  }

  private static EngineModel model(String kind) throws IOException {
    return EngineModel.of(SavedRankingModel.of(Objects.requireNonNull(KINDS.get(kind))));
  }

  private EngineExport write(EngineModel model) throws IOException {
    return EngineExport.write(
        model,
        ExportFormat.TENSORFLOW,
        Storage.ofClassPath().folder(folder.resolve("1").toString()),
        LISTS);
  }

  private SavedModelScorer reader(EngineModel model) throws IOException {
    write(model);
    return SavedModelScorer.of(saved(), model);
  }

  private MetaGraphDef graph() throws IOException {
    return saved().getMetaGraphs(0);
  }

  private SavedModel saved() throws IOException {
    return SavedModel.parseFrom(Files.readAllBytes(folder.resolve("1").resolve("saved_model.pb")));
  }

  private static TensorShapeProto shape(int... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int size : sizes) {
      shape.addDimBuilder().setSize(size);
    }
    return shape.build();
  }
}
