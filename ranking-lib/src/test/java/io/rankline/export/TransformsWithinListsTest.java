package io.rankline.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.export.parity.Parity;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.transform.QueryMinMax;
import io.rankline.feature.transform.QueryRank;
import io.rankline.feature.transform.QueryZScore;
import io.rankline.feature.transform.Transform;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.serving.ModelExport;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What engines make of values among those of a list, in float32, is what Rankline makes of them.
 */
class TransformsWithinListsTest {

  private static final double ROUNDING = 1e-5;
  private static final int LISTS = 40;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"ONNX", "TENSORFLOW"})
  void listsOfOneItemAndOfEqualValuesScoreAlike(ExportFormat format) throws IOException {
    requireAlike(format, x -> 0.1);
    requireAlike(format, x -> Math.round(x));
  }

  @ParameterizedTest
  @EnumSource(names = {"ONNX", "TENSORFLOW"})
  void valuesFarFromZeroKeepTheirDigits(ExportFormat format) throws IOException {
    requireAlike(format, x -> 1e6 + x);
    requireAlike(format, x -> -3e7 + 100 * x);
  }

  @ParameterizedTest
  @EnumSource(names = {"ONNX", "TENSORFLOW"})
  void smallAndLargeValuesAreNotLost(ExportFormat format) throws IOException {
    requireAlike(format, x -> x * 1e-30);
    requireAlike(format, x -> x * 1e30);
  }

  @ParameterizedTest
  @EnumSource(names = {"ONNX", "TENSORFLOW"})
  void oneValueFarFromAllOthersIsTakenIn(ExportFormat format) throws IOException {
    requireAlike(format, x -> x > 1.5 ? 1e7 * x : x);
  }

  @Test
  void solrSeesOneDocumentAtATime() throws IOException {
    EngineModel model = model(Transform.QUERY_RANK);

    assertThatThrownBy(() -> EngineExport.write(model, ExportFormat.SOLR, target(), 1))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessage(
            "the model cannot be written for Solr:\n"
                + "  feature 'price' has QueryRank[beside=true], which looks at all items of a"
                + " list, and Solr at each by itself; apply it before the data is written");
  }

  @Test
  void solrHasNoFunctionForMissingValues() throws IOException {
    EngineModel model = model(Transform.MISSING);

    assertThatThrownBy(() -> EngineExport.write(model, ExportFormat.SOLR, target(), 1))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessage(
            "the model cannot be written for Solr:\n"
                + "  feature 'price' has MissingIndicator[beside=true], and where a value is"
                + " missing Solr puts the default; make a feature of it before the data is"
                + " written");
  }

  private void requireAlike(ExportFormat format, DoubleUnaryOperator values) throws IOException {
    for (Transform transform :
        List.of(new QueryZScore(false), new QueryMinMax(false), new QueryRank(false))) {
      EngineModel model = model(transform);
      EngineExport.write(model, format, target(), 1);

      Parity parity =
          Parity.of(
              model.scorer(),
              format.engine().read(model, target()),
              lists(model, values),
              "lists",
              ROUNDING);

      assertThat(parity.largestDifference()).as("%s", transform).isLessThan(ROUNDING);
    }
  }

  private static List<RankingList> lists(EngineModel model, DoubleUnaryOperator values) {
    SplittableRandom random = new SplittableRandom(5);
    List<RankingList> lists = new ArrayList<>();
    for (int q = 0; q < LISTS; q++) {
      List<Map<String, Object>> items = new ArrayList<>();
      int size = q % 4 == 0 ? 1 : 1 + random.nextInt(50);
      for (int i = 0; i < size; i++) {
        items.add(Map.of("price", (float) values.applyAsDouble(random.nextGaussian())));
      }
      lists.add(model.scorer().listOf(Map.of(), items));
    }
    return lists;
  }

  private static EngineModel model(Transform transform) throws IOException {
    RecordSpec records = RecordSpec.of(Map.of(), Map.of("price", FixedLenFeature.float32(1)));
    RankingModel model =
        new ModelBuilder(
                new FeatureSpecInputCreator(records.context(), records.examples()),
                PreprocessorWithSpec.builder().transform("price", transform).build(),
                DNNScorer.builder().hiddenLayerDims(4).build(),
                "__list_mask__",
                "shop")
            .build(TrainingSettings.builder().loss("softmax_loss").seed(3).build());
    return EngineModel.of(SavedRankingModel.of(ModelExport.builder(model, records).build()));
  }

  private Folder target() {
    return Storage.ofClassPath().folder(folder.resolve("export").toString());
  }
}
