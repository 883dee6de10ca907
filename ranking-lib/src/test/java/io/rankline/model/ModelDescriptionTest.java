package io.rankline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.data.ListBatch;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RaggedFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.Pooling;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.feature.transform.Transform;
import io.rankline.loss.LossText;
import io.rankline.model.input.BatchEncoder;
import io.rankline.model.input.Embedding;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.model.scorer.DocumentInteractionScorer;
import io.rankline.model.scorer.ScoringScope;
import io.rankline.text.Section;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ModelDescriptionTest {

  private static final Vocabulary WORDS = Vocabulary.of("words.txt", List.of("[UNK]", "a", "b"));

  private static final RecordSpec FEATURES =
      RecordSpec.of(
          Map.of("hour", FixedLenFeature.float32(1), "user", new VarLenFeature(DType.INT64)),
          Map.of(
              "price",
              FixedLenFeature.float32(2).withDefault(0.1f),
              "ratings",
              new RaggedFeature(DType.FLOAT32),
              "title",
              new VarLenFeature(DType.STRING),
              "a \"strange\".name",
              FixedLenFeature.int64(1)));

  private static final PreprocessorWithSpec PREPROCESSOR =
      PreprocessorWithSpec.builder()
          .transform("price", Transform.LOG1P)
          .width("ratings", 3)
          .defaultValue("ratings", 0.3f)
          .embedding("user", Embedding.of(new HashBuckets(50), 4).withMaxTokens(2))
          .embedding(
              "title",
              Embedding.of(VocabularyIndex.of(WORDS).withOovToken("[UNK]"), 3)
                  .withPooling(Pooling.MAX)
                  .withTable("shared"))
          .build();

  private static final ModelDescription DESCRIPTION =
      new ModelDescription(
          "shop",
          PREPROCESSOR.encode(FEATURES),
          "__list_mask__",
          new TreeMap<>(
              Map.of(
                  "click",
                  TaskLoss.of(LossText.parse("{name = approx_ndcg_loss, temperature = 0.05}")),
                  "buy",
                  new TaskLoss(
                      LossText.parse("softmax_loss:0.3,mean_squared_loss:0.7"), 0.1, "bought"))),
          ScoringScope.ITEM);

  @Test
  void aDescriptionIsReadBackFromJson() {
    String json =
        ConfigValueFactory.fromMap(DESCRIPTION.describe()).render(ConfigRenderOptions.concise());

    assertThat(read(json)).isEqualTo(DESCRIPTION);
  }

  @Test
  void listwiseModelsAndIdentitiesAreReadBackToo() {
    ModelDescription listwise =
        new ModelDescription(
            "",
            PreprocessorWithSpec.builder()
                .embedding("user", Embedding.of(new IdentityIndex(9, IdentityIndex.Others.NONE), 4))
                .build()
                .encode(RecordSpec.of(Map.of("user", new VarLenFeature(DType.INT64)), Map.of())),
            "mask",
            new TreeMap<>(Map.of("score", TaskLoss.of(LossText.parse("softmax_loss")))),
            ScoringScope.LIST);

    String json =
        ConfigValueFactory.fromMap(listwise.describe()).render(ConfigRenderOptions.concise());

    assertThat(read(json)).isEqualTo(listwise);
  }

  @Test
  void itsVocabulariesAreThoseOfItsEmbeddings() {
    assertThat(DESCRIPTION.vocabularies()).isEqualTo(new TreeMap<>(Map.of("words.txt", WORDS)));
  }

  @Test
  void anEncoderOfOnesOwnHasNoTextForm() {
    RankingModel model =
        new ModelBuilder(
                new FeatureSpecInputCreator(Map.of(), Map.of("x", FixedLenFeature.float32(1))),
                PreprocessorWithSpec.builder().build(),
                DNNScorer.builder().hiddenLayerDims(2).build(),
                "mask",
                "own")
            .build();
    BatchEncoder own =
        new BatchEncoder() {
          private static final long serialVersionUID = 1;

          @Override
          public INDArray[] inputs(ListBatch transformed) {
            return new INDArray[0];
          }
        };

    assertThatThrownBy(
            () -> new RankingModel("own", model.graph(), own, "mask", model.tasks()).description())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "model 'own' has an encoder of its own, %s, which cannot be written to a file; let an"
                    .formatted(own.getClass().getName())
                + " InputEncoder make its inputs");
  }

  @Test
  void aScorerOfItemsMakesAModelOfItems() {
    ModelBuilder builder =
        new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), Map.of("x", FixedLenFeature.float32(1))),
            PreprocessorWithSpec.builder().build(),
            DNNScorer.builder().hiddenLayerDims(2).build(),
            "mask",
            "items");

    assertThat(builder.build().scope()).isEqualTo(ScoringScope.ITEM);
    assertThat(DocumentInteractionScorer.builder().build().scope()).isEqualTo(ScoringScope.LIST);
  }

  private static ModelDescription read(String json) {
    Section section = Section.of(ConfigFactory.parseString(json).root());
    ModelDescription read = ModelDescription.read(section, name -> WORDS);
    section.finish();
    return Objects.requireNonNull(read);
  }
}
