package io.rankline.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RaggedFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.SpecException;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.Pooling;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.feature.transform.Transform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessorTextTest {

  private static final Vocabulary WORDS = Vocabulary.of("vocab.txt", List.of("[UNK]", "a", "b"));

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void writeTheVocabulary() throws IOException {
    WORDS.write(folder.resolve("vocab.txt"));
  }

  @Test
  void whatIsRenderedIsReadBack() {
    PreprocessorWithSpec everything = everything();

    assertThat(PreprocessorText.parse(PreprocessorText.render(everything), "json", folder))
        .isEqualTo(everything);
  }

  @Test
  void aPlanSurvivesItsText() throws IOException {
    RecordSpec spec =
        RecordSpec.of(
            Map.of("hour", FixedLenFeature.float32(1), "words", new RaggedFeature(DType.STRING)),
            Map.of(
                "f_1", FixedLenFeature.float32(1).withDefault(0f),
                "f_2", FixedLenFeature.int64(2),
                "prices", new VarLenFeature(DType.FLOAT32),
                "shop", new VarLenFeature(DType.INT64),
                "category", FixedLenFeature.int64(1)));
    EncodedInputs plan = everything().encode(spec);
    Path assets = Files.createDirectory(folder.resolve("assets"));
    for (Vocabulary vocabulary : plan.vocabularies().values()) {
      vocabulary.write(assets.resolve(vocabulary.name()));
    }

    EncodedInputs read = EncodedInputsText.parse(EncodedInputsText.render(plan), "json", assets);

    assertThat(read).isEqualTo(plan);
    assertThat(read.vocabularies()).containsOnlyKeys("vocab.txt");
  }

  @Test
  void anEmbeddingHasDefaults() {
    PreprocessorWithSpec preprocessor =
        PreprocessorText.parse(
            """
            transforms { "f_{1..2}" = log1p }
            embeddings { words { vocabulary { file = vocab.txt }, dimension = 20 } }
            """,
            "conf",
            folder);

    assertThat(preprocessor)
        .isEqualTo(
            PreprocessorWithSpec.builder()
                .transform("f_1", Transform.LOG1P)
                .transform("f_2", Transform.LOG1P)
                .embedding("words", Embedding.of(VocabularyIndex.of(WORDS), 20))
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "transform {} | conf: 1: transform: unknown key 'transform'; did you mean 'transforms'?"
            + " Known: default_values, embeddings, transforms, widths",
        "default_values { x = a } | conf: 1: default_values.x: must be a number, got \"a\"",
        "widths { x = 0 } | conf: 1: widths.x: must be a whole number of 1 or more, got 0",
        "transforms { x = nope } | conf: 1: x: unknown transform 'nope'; did you mean 'log1p'?"
            + " Known: bucketize, clip, custom, log1p, min_max, missing, one_hot, piecewise_linear,"
            + " quantile_normal, query_min_max, query_rank, query_z_score, z_score",
        "embeddings { x { dimension = 3 } } | conf: 1: embeddings.x: must have one of hash_buckets,"
            + " identity, vocabulary, got none",
        "embeddings { x { hash_buckets = 3 } } | conf: 1: embeddings.x.dimension: is missing; it"
            + " must be a whole number of 1 or more",
        "embeddings { x { hash_buckets = 3, dimension = 2, pooling = avg } } | conf: 1:"
            + " embeddings.x.pooling: unknown pooling 'avg'; expected one of mean, sum, max",
        "embeddings { x { identity { size = 3, others = no }, dimension = 2 } } | conf: 1:"
            + " embeddings.x.identity.others: must be one of none, error, got 'no'",
        "embeddings { x { vocabulary { file = vocab.txt, oov_token = zz }, dimension = 2 } } |"
            + " conf: 1: embeddings.x.vocabulary: oov_token 'zz' is not in vocabulary vocab.txt",
        "embeddings { x { vocabulary {}, dimension = 2 } } | conf: 1: embeddings.x.vocabulary:"
            + " needs a file",
      })
  void faultsAreToldWithTheirPlace(String text, String message) {
    assertThatThrownBy(() -> PreprocessorText.parse(text, "conf", folder))
        .isInstanceOf(SpecException.class)
        .hasMessage(message);
  }

  @Test
  void nullTakesAValueAway() {
    assertThat(
            PreprocessorText.parse(
                """
                embeddings {
                  x { hash_buckets = 3, identity = null, dimension = 2, max_tokens = null }
                  y = null
                }
                default_values { z = null }
                """,
                "conf",
                folder))
        .isEqualTo(
            PreprocessorText.parse(
                "embeddings { x { hash_buckets = 3, dimension = 2 } }", "conf", folder));
  }

  @Test
  void aMissingVocabularyIsToldWithItsPlace() {
    assertThatThrownBy(
            () ->
                PreprocessorText.parse(
                    "embeddings { x { vocabulary { file = no.txt }, dimension = 2 } }",
                    "conf",
                    folder))
        .hasMessage(
            "conf: 1: embeddings.x.vocabulary: vocabulary file %s does not exist; one token a line"
                + " is expected there",
            folder.resolve("no.txt"));
  }

  @Test
  void aPlanWithoutItsPartsIsRefused() {
    assertThatThrownBy(() -> EncodedInputsText.parse("inputs {}", "plan", folder))
        .hasMessageEndingWith(": context: is missing; it is an object");
  }

  private static PreprocessorWithSpec everything() {
    VocabularyIndex words = VocabularyIndex.of(WORDS).withOovToken("[UNK]").withMaskToken("a");
    return PreprocessorWithSpec.builder()
        .transform("hour", Transform.LOG1P, Transform.clip(-1, 2))
        .transform("f_1", Transform.log1p(30))
        .defaultValue("f_1", 0.1f)
        .width("prices", 3)
        .defaultValue("prices", -1)
        .embedding("words", Embedding.of(words, 3).withTable("words"))
        .embedding(
            "shop",
            Embedding.of(new HashBuckets(7), 4)
                .withPooling(Pooling.MAX)
                .withMaxTokens(2)
                .withTable("shops"))
        .embedding(
            "category",
            Embedding.of(new IdentityIndex(5, IdentityIndex.Others.NONE), 2)
                .withPooling(Pooling.SUM)
                .withTable("category"))
        .build();
  }
}
