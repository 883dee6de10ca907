package io.rankline.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.ModelKinds;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.export.onnx.interpreter.Interpreter;
import io.rankline.export.onnx.interpreter.Tensor;
import io.rankline.export.onnx.proto.ModelProto;
import io.rankline.export.parity.ParityLists;
import io.rankline.feature.DType;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.token.HashBuckets;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.Embedding;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxFormatTest {

  private static final int LISTS = 60;

  @TempDir Path folder;

  static Stream<Arguments> kinds() {
    return ModelKinds.all().entrySet().stream()
        .map(kind -> Arguments.of(kind.getKey(), kind.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void everyKindScoresAlikeWhenReadBack(String name, ModelExport export) throws IOException {
    EngineModel model = EngineModel.of(SavedRankingModel.of(export));

    EngineExport written = EngineExport.write(model, ExportFormat.ONNX, target(), LISTS);

    assertThat(written.parity().holds()).isTrue();
  }

  @Test
  void inputsAreReadWithTheDefaultsOfRecords() throws IOException {
    ModelExport export = Objects.requireNonNull(ModelKinds.all().get("transforms"));
    EngineModel model = EngineModel.of(SavedRankingModel.of(export));
    EngineExport.write(model, ExportFormat.ONNX, target(), 1);
    try (InputStream file = target().open(OnnxFormat.MODEL_FILE)) {
      Interpreter graph = new Interpreter(ModelProto.parseFrom(file));
      Map<String, Tensor> inputs =
          new OnnxScorer(target(), graph).inputs(ParityLists.of(model, 1).lists());
      float[] context = Objects.requireNonNull(inputs.get("context_features")).floats();

      context[0] = 30;
      Map<String, Tensor> given = graph.run(inputs);
      context[0] = Float.NaN;
      Map<String, Tensor> missing = graph.run(inputs);

      assertThat(floats(missing)).isEqualTo(floats(given)).doesNotContain(Float.NaN);
    }
  }

  @Test
  void aTokenFeatureWithTheNameOfTheMaskIsRefused() {
    assertThatThrownBy(() -> OnnxWriter.write(ofTokens("mask"), FeaturesText.of(ofTokens("mask"))))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessage(
            "the model cannot be written for onnx:\n"
                + "  two inputs of the graph are named 'mask'; rename the token feature");
  }

  @Test
  void aTokenFeatureWithTheNameOfAnOutputIsRefused() {
    assertThatThrownBy(
            () -> OnnxWriter.write(ofTokens("scores"), FeaturesText.of(ofTokens("scores"))))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessage(
            "the model cannot be written for onnx:\n"
                + "  output 'scores' has the name of an input; rename the feature");
  }

  private static EngineModel ofTokens(String feature) throws IOException {
    RecordSpec records = RecordSpec.of(Map.of(), Map.of(feature, new VarLenFeature(DType.STRING)));
    RankingModel model =
        new ModelBuilder(
                new FeatureSpecInputCreator(records.context(), records.examples()),
                PreprocessorWithSpec.builder()
                    .embedding(feature, Embedding.of(new HashBuckets(5), 2))
                    .build(),
                DNNScorer.builder().hiddenLayerDims(4).build(),
                "__list_mask__",
                "shop")
            .build(TrainingSettings.builder().loss("softmax_loss").build());
    return EngineModel.of(SavedRankingModel.of(ModelExport.builder(model, records).build()));
  }

  private static float[] floats(Map<String, Tensor> outputs) {
    return Objects.requireNonNull(outputs.get("scores")).floats();
  }

  private Folder target() {
    return Storage.ofClassPath().folder(folder.resolve("export").toString());
  }
}
