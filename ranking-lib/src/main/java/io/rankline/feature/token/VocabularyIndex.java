package io.rankline.feature.token;

/**
 * Tokens of a vocabulary, by their place in it.
 *
 * <p>A token that is not in it gets one of the buckets behind the vocabulary, by its hash; or the
 * id of the vocabulary's own token for unknown ones; or is ignored, where there is neither.
 *
 * @param vocabulary the tokens
 * @param oovBuckets number of ids for tokens that are not in the vocabulary, 0 or more
 * @param oovId the id of the token that stands for those, such as that of {@code [UNK]}; {@link
 *     TokenIndex#NONE} for none; only without buckets
 * @param maskId the id of a token that is ignored, such as that of {@code [PAD]}; {@link
 *     TokenIndex#NONE} for none
 */
public record VocabularyIndex(Vocabulary vocabulary, int oovBuckets, int oovId, int maskId)
    implements TokenIndex {

  public VocabularyIndex {
    if (oovBuckets < 0) {
      throw new IllegalArgumentException("oov_buckets must be 0 or more, got " + oovBuckets);
    }
    Math.addExact(vocabulary.size(), oovBuckets);
    if (oovId != NONE && oovBuckets > 0) {
      throw new IllegalArgumentException(
          "oov_token '%s' and %s oov_buckets exclude each other"
              .formatted(vocabulary.tokens().get(oovId), oovBuckets));
    }
  }

  /** Tokens that are not in the vocabulary are ignored. */
  public static VocabularyIndex of(Vocabulary vocabulary) {
    return new VocabularyIndex(vocabulary, 0, NONE, NONE);
  }

  /** The same with tokens that are not in the vocabulary in {@code buckets} ids behind it. */
  public VocabularyIndex withOovBuckets(int buckets) {
    return new VocabularyIndex(vocabulary, buckets, oovId, maskId);
  }

  /**
   * The same with this token for those that are not in the vocabulary.
   *
   * @throws IllegalArgumentException if it is not in the vocabulary itself
   */
  public VocabularyIndex withOovToken(String token) {
    return new VocabularyIndex(vocabulary, oovBuckets, require("oov_token", token), maskId);
  }

  /**
   * The same with this token ignored.
   *
   * @throws IllegalArgumentException if it is not in the vocabulary
   */
  public VocabularyIndex withMaskToken(String token) {
    return new VocabularyIndex(vocabulary, oovBuckets, oovId, require("mask_token", token));
  }

  @Override
  public int size() {
    return vocabulary.size() + oovBuckets;
  }

  @Override
  public boolean takesText() {
    return true;
  }

  @Override
  public int idOf(byte[] bytes, int start, int length) {
    int id = vocabulary.idOf(bytes, start, length);
    if (id >= 0) {
      return id == maskId ? NONE : id;
    }
    if (oovBuckets > 0) {
      long hash = FarmHash.fingerprint64(bytes, start, length);
      return vocabulary.size() + (int) Long.remainderUnsigned(hash, oovBuckets);
    }
    return oovId;
  }

  @Override
  public int idOf(long value) {
    byte[] digits = new byte[DecimalText.LONGEST];
    int start = DecimalText.write(value, digits);
    return idOf(digits, start, digits.length - start);
  }

  private int require(String role, String token) {
    int id = vocabulary.idOf(token);
    if (id < 0) {
      throw new IllegalArgumentException(
          "%s '%s' is not in vocabulary %s".formatted(role, token, vocabulary.name()));
    }
    return id;
  }
}
