package io.rankline.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.export.EngineExport;
import io.rankline.export.ExportFormat;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.feature.transform.Transform;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.Embedding;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transforms that are fitted to samples of values, in exported models. */
class SampledTransformServingTest {

  private static final VocabularyIndex WORDS =
      VocabularyIndex.of(Vocabulary.of("words.txt", List.of("red", "green"))).withOovBuckets(2);

  @TempDir private Path disk;

  private Folder folder;

  @BeforeEach
  void open() {
    folder = Storage.ofClassPath().folder(disk.resolve("export/latest_model").toString());
  }

  @Test
  void trainingServingAndPlainJavaGiveTheSameBits() throws IOException {
    RankingModel model = ServedModels.trained(model());
    SavedRankingModel inTraining = SavedRankingModel.of(ServedModels.export(model));
    SavedRankingModel.save(folder, ServedModels.export(model));

    SavedRankingModel loaded = SavedRankingModel.load(folder);
    RankingScorer plain = RankingScorer.load(Path.of(folder.path()));

    for (RankingList list : ServedModels.lists(3, 7, 1, 70)) {
      float[] scores = inTraining.predict(list);
      assertThat(loaded.predict(list)).isEqualTo(scores);
      assertThat(plain.predict(list)).isEqualTo(scores);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ONNX", "TENSORFLOW"})
  void graphsOfOtherEnginesHaveThem(ExportFormat format) throws IOException {
    EngineModel model = EngineModel.of(SavedRankingModel.of(ServedModels.export(model())));

    assertThat(EngineExport.write(model, format, folder, 40).parity().holds()).isTrue();
  }

  @Test
  void solrRefusesThemByName() throws IOException {
    EngineModel model = EngineModel.of(SavedRankingModel.of(ServedModels.export(model())));

    assertThatThrownBy(() -> EngineExport.write(model, ExportFormat.SOLR, folder, 1))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageStartingWith(
            """
            the model cannot be written for Solr:
              feature 'clicks' has the transform piecewise_linear, for which Solr has no form; \
            apply it before the data is written
              feature 'price' has the transform quantile_normal, for which Solr has no form; \
            apply it before the data is written
            """);
  }

  private static RankingModel model() {
    PreprocessorWithSpec preprocessor =
        PreprocessorWithSpec.builder()
            .transform("price", Transform.QUANTILE_NORMAL)
            .transform("clicks", Transform.piecewiseLinear(4))
            .transform("vector", Transform.QUANTILE_NORMAL, Transform.piecewiseLinear(3))
            .embedding("query", Embedding.of(WORDS, 3))
            .embedding("title", Embedding.of(WORDS, 3))
            .build();
    return new ModelBuilder(
            new FeatureSpecInputCreator(
                ServedModels.FEATURES.context(), ServedModels.FEATURES.examples()),
            preprocessor.fit(ServedModels.lists(1, 20, 30, 40)),
            DNNScorer.builder().hiddenLayerDims(16).build(),
            "__list_mask__",
            "shop")
        .build(TrainingSettings.builder().loss("softmax_loss").seed(7).build());
  }
}
