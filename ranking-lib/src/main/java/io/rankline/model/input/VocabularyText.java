package io.rankline.model.input;

import io.rankline.feature.token.TokenIndex;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import org.jspecify.annotations.Nullable;

/** What a text says of a {@link VocabularyIndex}. */
record VocabularyText(
    @Option(fallback = "", meaning = "one token a line; it has to be given") String file,
    @Option(
            fallback = "0",
            least = 0,
            words = "must be a whole number of 0 or more",
            meaning = "number of ids for tokens that are not in the vocabulary")
        int oovBuckets,
    @Option(meaning = "token that stands for those that are not in the vocabulary")
        @Nullable String oovToken,
    @Option(meaning = "token that counts for nothing") @Nullable String maskToken) {

  VocabularyText {
    Faults.in(VocabularyText.class, file, oovBuckets, oovToken, maskToken)
        .addUnless(!file.isEmpty(), "", "needs a file")
        .orThrow();
  }

  static VocabularyText of(VocabularyIndex index) {
    return new VocabularyText(
        index.vocabulary().name(),
        index.oovBuckets(),
        token(index, index.oovId()),
        token(index, index.maskId()));
  }

  /**
   * The index of its vocabulary.
   *
   * @throws IllegalArgumentException for a token that is not there
   */
  VocabularyIndex index(Vocabulary vocabulary) {
    VocabularyIndex index = VocabularyIndex.of(vocabulary);
    if (oovToken != null) {
      index = index.withOovToken(oovToken);
    }
    if (maskToken != null) {
      index = index.withMaskToken(maskToken);
    }
    return index.withOovBuckets(oovBuckets);
  }

  private static @Nullable String token(VocabularyIndex index, int id) {
    return id == TokenIndex.NONE ? null : index.vocabulary().tokens().get(id);
  }
}
