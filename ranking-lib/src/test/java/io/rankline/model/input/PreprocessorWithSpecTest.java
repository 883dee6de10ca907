package io.rankline.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.RankingList;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.SpecException;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.Pooling;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.feature.transform.MinMax;
import io.rankline.feature.transform.Transform;
import io.rankline.feature.transform.TransformChain;
import io.rankline.feature.transform.ZScore;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PreprocessorWithSpecTest {

  private static final RecordSpec SPEC =
      RecordSpec.of(
          Map.of("hour", FixedLenFeature.float32(1)),
          Map.of(
              "price", FixedLenFeature.float32(1),
              "title", new VarLenFeature(DType.STRING),
              "history", new VarLenFeature(DType.FLOAT32)));

  @Test
  void aFeatureThatIsNotNamedIsPassedOn() {
    EncodedInputs plan =
        PreprocessorWithSpec.builder()
            .build()
            .encode(RecordSpec.of(Map.of(), Map.of("x", FixedLenFeature.float32(2, 2))));

    EncodedFeature x = plan.examples().get(0);
    assertThat(x.chain()).isEqualTo(TransformChain.IDENTITY);
    assertThat(x.columns()).isEqualTo(new FeatureColumns("x", 0, 4));
    assertThat(plan.exampleWidth()).isEqualTo(4);
    assertThat(plan.contextWidth()).isZero();
  }

  @Test
  void everyFaultIsToldAtOnceAndByName() {
    PreprocessorWithSpec preprocessor =
        PreprocessorWithSpec.builder()
            .transform("pirce", Transform.LOG1P)
            .transform("hour", Transform.Z_SCORE)
            .defaultValue("houre", 1)
            .embedding("titel", Embedding.of(new HashBuckets(3), 2))
            .embedding("price", Embedding.of(new HashBuckets(3), 2))
            .build();

    assertThatThrownBy(() -> preprocessor.encode(SPEC))
        .asInstanceOf(InstanceOfAssertFactories.type(SpecException.class))
        .extracting(SpecException::problems, InstanceOfAssertFactories.LIST)
        .containsExactly(
            "transform of 'pirce': the model has no such feature; did you mean 'price'?",
            "default value of 'houre': the model has no such feature; did you mean 'hour'?",
            "embedding of 'titel': the model has no such feature; did you mean 'title'?",
            "feature 'hour' has a transform that is not fitted; fit the preprocessor to data,"
                + " or give the transform its numbers",
            "feature 'history' has any number of values; give it a width, or an embedding",
            "feature 'title' is text; give it an embedding, or leave it out of the inputs",
            "feature 'price' has an embedding and must be of string or int64, got float32");
  }

  @Test
  void aFeatureOfTheQueryHasNoPlaceWithinTheQuery() {
    RecordSpec spec = RecordSpec.of(Map.of("hour", FixedLenFeature.float32(1)), Map.of());

    assertThatThrownBy(
            () ->
                PreprocessorWithSpec.builder()
                    .transform("hour", Transform.QUERY_Z_SCORE)
                    .build()
                    .encode(spec))
        .isInstanceOf(SpecException.class)
        .hasMessage(
            "feature 'hour' is of the query and has one value a list; leave out its query_"
                + " transforms");
  }

  @Test
  void anEmbeddingExcludesWhatIsForNumbers() {
    PreprocessorWithSpec preprocessor =
        PreprocessorWithSpec.builder()
            .width("history", 3)
            .embedding("title", Embedding.of(IdentityIndex.of(3), 2))
            .transform("title", Transform.LOG1P)
            .defaultValue("title", 0)
            .width("title", 2)
            .build();

    assertThatThrownBy(() -> preprocessor.encode(SPEC))
        .asInstanceOf(InstanceOfAssertFactories.type(SpecException.class))
        .extracting(SpecException::problems, InstanceOfAssertFactories.LIST)
        .containsExactly(
            "feature 'title' is text; identity takes int64 values",
            "feature 'title' has an embedding and can have no transform",
            "feature 'title' has an embedding and can have no default value",
            "feature 'title' has an embedding and can have no width");
  }

  @Test
  void aWidthThatContradictsTheShapeIsRefused() {
    assertThatThrownBy(
            () ->
                PreprocessorWithSpec.builder()
                    .width("x", 3)
                    .build()
                    .encode(RecordSpec.of(Map.of(), Map.of("x", FixedLenFeature.float32(2)))))
        .hasMessage("width of 'x' is 2 by its shape, got 3");
  }

  @Test
  void featuresOfOneTableMustAgree() {
    RecordSpec spec =
        RecordSpec.of(
            Map.of("a", new VarLenFeature(DType.STRING)),
            Map.of("b", new VarLenFeature(DType.STRING)));
    Embedding three = Embedding.of(new HashBuckets(3), 2).withTable("t");

    EncodedInputs agreed = pair(three, three).encode(spec);

    assertThat(agreed.tables()).containsOnlyKeys("t");
    assertThat(agreed.tables().getOrDefault("t", List.of()))
        .extracting(TokenFeature::name)
        .containsExactly("a", "b");
    assertThatThrownBy(
            () -> pair(three, Embedding.of(new HashBuckets(3), 5).withTable("t")).encode(spec))
        .hasMessage(
            "features 'a' and 'b' share table 't' and must agree: 3 rows of 2 columns, mean, got 3"
                + " rows of 5 columns, mean");
    assertThatThrownBy(() -> pair(three, three.withPooling(Pooling.MAX)).encode(spec))
        .hasMessage(
            "features 'a' and 'b' share table 't' and must agree: 3 rows of 2 columns, mean, got 3"
                + " rows of 2 columns, max");
  }

  @Test
  void twoVocabulariesOfOneNameAreRefused() {
    RecordSpec spec =
        RecordSpec.of(
            Map.of("a", new VarLenFeature(DType.STRING)),
            Map.of("b", new VarLenFeature(DType.STRING)));

    assertThatThrownBy(() -> pair(words("x", "y"), words("x", "z")).encode(spec))
        .hasMessage("two vocabularies are named 'words'; rename one of them");
    assertThat(pair(words("x"), words("x")).encode(spec).vocabularies()).containsOnlyKeys("words");
  }

  @Test
  void twoInputsOfTheGraphMayNotHaveOneName() {
    RecordSpec both =
        RecordSpec.of(
            Map.of("a", new VarLenFeature(DType.STRING)),
            Map.of("a", new VarLenFeature(DType.STRING)));
    EncodedInputs plan =
        PreprocessorWithSpec.builder()
            .embedding("a", Embedding.of(new HashBuckets(3), 2))
            .build()
            .encode(both);

    assertThatThrownBy(() -> new InputEncoder(plan, "__list_mask__"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two inputs of the graph are named 'a'; rename the token feature");
  }

  @Test
  void fittingPassesOverTheDataAsOftenAsNeeded() {
    RecordSpec spec = RecordSpec.of(Map.of(), Map.of("x", FixedLenFeature.float32(1)));
    RankingList list =
        new RankingList(
            spec.layout(),
            2,
            2,
            new float[0],
            new float[] {1, 5},
            new float[0],
            new float[0],
            List.of(),
            List.of());
    PreprocessorWithSpec twice =
        PreprocessorWithSpec.forAll(List.of("x"), Transform.Z_SCORE, Transform.MIN_MAX);

    PreprocessorWithSpec fitted = twice.fit(List.of(list));

    assertThat(twice.isFitted()).isFalse();
    assertThat(fitted.isFitted()).isTrue();
    assertThat(fitted.transforms().values())
        .containsExactly(
            TransformChain.of(
                new ZScore(List.of(3f), List.of(2f)), new MinMax(List.of(-1f), List.of(1f))));
    assertThat(new InputEncoder(fitted.encode(spec), "mask").transform(list).examples())
        .containsExactly(0, 1);
  }

  @Test
  void impossibleNumbersAreRefused() {
    assertThatThrownBy(() -> Embedding.of(new HashBuckets(3), 0))
        .hasMessage("dimension of an embedding must be 1 or more, got 0");
    assertThatThrownBy(() -> Embedding.of(new HashBuckets(3), 1).withMaxTokens(-1))
        .hasMessage("max_tokens must be 0 (all) or more, got -1");
    assertThatThrownBy(() -> PreprocessorWithSpec.builder().width("x", 0).build())
        .hasMessage("width of 'x' must be 1 or more, got 0");
    assertThatThrownBy(() -> PreprocessorWithSpec.builder().defaultValue("x", Float.NaN).build())
        .hasMessage("default value of 'x' must be finite, got NaN");
  }

  private static PreprocessorWithSpec pair(Embedding a, Embedding b) {
    return PreprocessorWithSpec.builder().embedding("a", a).embedding("b", b).build();
  }

  private static Embedding words(String... tokens) {
    return Embedding.of(VocabularyIndex.of(Vocabulary.of("words", List.of(tokens))), 2);
  }
}
