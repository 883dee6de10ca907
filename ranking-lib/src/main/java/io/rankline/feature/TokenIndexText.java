package io.rankline.feature;

import io.rankline.data.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a {@link TokenIndex}: HOCON, of which JSON is a part.
 *
 * <pre>{@code
 * { hash_buckets = 1000 }
 * { identity = 50, others = none }
 * { vocabulary = "colours.txt", oov_buckets = 10 }
 * { vocabulary = "words.txt", oov_token = "[UNK]", mask_token = "[PAD]" }
 * }</pre>
 *
 * <p>{@code others} is {@code error} (the default) or {@code none}: what becomes of integers that
 * are no id.
 */
public final class TokenIndexText {

  private TokenIndexText() {}

  /** The index as maps, numbers and strings; a vocabulary stands there by its name. */
  public static Map<String, Object> describe(TokenIndex index) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (index instanceof HashBuckets buckets) {
      result.put("hash_buckets", buckets.size());
    } else if (index instanceof IdentityIndex identity) {
      result.put("identity", identity.size());
      result.put("others", identity.others() == IdentityIndex.Others.NONE ? "none" : "error");
    } else if (index instanceof VocabularyIndex words) {
      Vocabulary vocabulary = words.vocabulary();
      result.put("vocabulary", vocabulary.name());
      if (words.oovBuckets() > 0) {
        result.put("oov_buckets", words.oovBuckets());
      }
      if (words.oovId() != TokenIndex.NONE) {
        result.put("oov_token", vocabulary.tokens().get(words.oovId()));
      }
      if (words.maskId() != TokenIndex.NONE) {
        result.put("mask_token", vocabulary.tokens().get(words.maskId()));
      }
    }
    return result;
  }

  /**
   * The index that a section describes. Faults are noted in the section.
   *
   * @param vocabularies the vocabulary of a name; may throw IllegalArgumentException
   * @return null after a fault
   */
  public static @Nullable TokenIndex read(
      Section section, Function<String, Vocabulary> vocabularies) {
    TokenIndex index = null;
    try {
      if (section.has("hash_buckets")) {
        index = new HashBuckets(section.whole("hash_buckets", 1));
      } else if (section.has("identity")) {
        index = identity(section);
      } else if (section.has("vocabulary")) {
        index = vocabulary(section, vocabularies);
      } else {
        section.fault("needs one of hash_buckets, identity, vocabulary");
        return null;
      }
    } catch (IllegalArgumentException e) {
      section.fault(String.valueOf(e.getMessage()));
    }
    section.rejectUnknownKeys();
    return index;
  }

  private static TokenIndex identity(Section section) {
    String others = section.text("others", "error");
    if (!others.equals("error") && !others.equals("none")) {
      section.fault("others", "must be error or none, got " + others);
    }
    return new IdentityIndex(
        section.whole("identity", 1),
        others.equals("none") ? IdentityIndex.Others.NONE : IdentityIndex.Others.ERROR);
  }

  private static TokenIndex vocabulary(Section section, Function<String, Vocabulary> vocabularies) {
    int buckets = section.whole("oov_buckets", 0);
    String oovToken = section.text("oov_token", "");
    String maskToken = section.text("mask_token", "");
    VocabularyIndex index =
        VocabularyIndex.of(vocabularies.apply(section.text("vocabulary", "")))
            .withOovBuckets(buckets);
    if (!oovToken.isEmpty()) {
      index = index.withOovToken(oovToken);
    }
    return maskToken.isEmpty() ? index : index.withMaskToken(maskToken);
  }
}
