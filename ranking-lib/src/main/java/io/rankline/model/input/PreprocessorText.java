package io.rankline.model.input;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.feature.SpecException;
import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.TokenIndex;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.feature.transform.TransformText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The text form of a {@link PreprocessorWithSpec}: HOCON, of which JSON is a part.
 *
 * <pre>{@code
 * transforms     { "custom_features_{1..136}" = log1p }
 * default_values { price = 0 }
 * widths         { last_prices = 5 }
 * embeddings {
 *   query_tokens { vocabulary { file = vocab.txt }, dimension = 20, table = tokens }
 *   shop_id      { hash_buckets = 1000, dimension = 8, pooling = sum, max_tokens = 4 }
 *   category     { identity { size = 12, others = none }, dimension = 4 }
 * }
 * }</pre>
 *
 * <p>{@code transforms} is read by {@link TransformText}. An embedding has one of {@code
 * vocabulary} ({@code file}, and optionally {@code oov_buckets}, {@code oov_token}, {@code
 * mask_token}), {@code hash_buckets} and {@code identity} ({@code size}; {@code others} is {@code
 * error} or {@code none}). {@code pooling} is {@code mean} (the default), {@code sum} or {@code
 * max}; without {@code table} the feature has one of its own; {@code max_tokens} 0 (the default)
 * keeps all. Files are looked for in a folder that the reader is given. A name with {@code {a..b}}
 * stands for one feature a number.
 */
public final class PreprocessorText {

  static final String TRANSFORMS = "transforms";
  static final String DEFAULT_VALUES = "default_values";
  static final String WIDTHS = "widths";
  static final String EMBEDDINGS = "embeddings";

  private PreprocessorText() {}

  /**
   * The preprocessor that a text describes.
   *
   * @param origin where the text comes from, for messages
   * @param folder where vocabulary files lie
   * @throws SpecException for text that is no HOCON, or says something impossible; all faults at
   *     once
   */
  public static PreprocessorWithSpec parse(String text, String origin, Path folder) {
    return of(config(text, origin), folder);
  }

  /**
   * The preprocessor that a section of a configuration describes.
   *
   * @param folder where vocabulary files lie
   * @throws SpecException as {@link #parse}
   */
  public static PreprocessorWithSpec of(Config section, Path folder) {
    return of(section, file -> Vocabulary.ofFile(folder.resolve(file)));
  }

  /**
   * The same with vocabularies from another place than a folder on disk.
   *
   * @param vocabularies makes the vocabulary of a name in the text
   */
  public static PreprocessorWithSpec of(Config section, Function<String, Vocabulary> vocabularies) {
    return new PreprocessorReader(vocabularies).read(section.root());
  }

  /**
   * The preprocessor as one line of JSON, which {@link #parse} reads back to an equal one, given a
   * folder with its vocabularies under their names.
   */
  public static String render(PreprocessorWithSpec preprocessor) {
    return ConfigValueFactory.fromMap(describe(preprocessor)).render(ConfigRenderOptions.concise());
  }

  static Config config(String text, String origin) {
    try {
      return ConfigFactory.parseString(
              text, ConfigParseOptions.defaults().setOriginDescription(origin))
          .resolve();
    } catch (ConfigException e) {
      throw new SpecException(
          List.of(e.getMessage() == null ? origin + ": cannot be read" : e.getMessage()));
    }
  }

  static Map<String, Object> describe(PreprocessorWithSpec preprocessor) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put(TRANSFORMS, TransformText.describe(preprocessor.transforms()));
    SortedMap<String, Object> defaults = new TreeMap<>();
    // A float's shortest decimal is the one that reads back to it.
    preprocessor
        .defaultValues()
        .forEach((name, value) -> defaults.put(name, Double.valueOf(value.toString())));
    result.put(DEFAULT_VALUES, defaults);
    result.put(WIDTHS, preprocessor.widths());
    SortedMap<String, Object> embeddings = new TreeMap<>();
    preprocessor
        .embeddings()
        .forEach((name, embedding) -> embeddings.put(name, describe(embedding)));
    result.put(EMBEDDINGS, embeddings);
    return result;
  }

  private static Map<String, Object> describe(Embedding embedding) {
    Map<String, Object> result = new LinkedHashMap<>();
    TokenIndex index = embedding.index();
    if (index instanceof HashBuckets buckets) {
      result.put("hash_buckets", buckets.size());
    } else if (index instanceof IdentityIndex identity) {
      result.put(
          "identity",
          Map.of(
              "size",
              identity.size(),
              "others",
              identity.others() == IdentityIndex.Others.NONE ? "none" : "error"));
    } else if (index instanceof VocabularyIndex words) {
      Map<String, Object> vocabulary = new LinkedHashMap<>();
      vocabulary.put("file", words.vocabulary().name());
      vocabulary.put("oov_buckets", words.oovBuckets());
      if (words.oovId() != TokenIndex.NONE) {
        vocabulary.put("oov_token", words.vocabulary().tokens().get(words.oovId()));
      }
      if (words.maskId() != TokenIndex.NONE) {
        vocabulary.put("mask_token", words.vocabulary().tokens().get(words.maskId()));
      }
      result.put("vocabulary", vocabulary);
    }
    result.put("dimension", embedding.dimension());
    result.put("pooling", embedding.pooling().wireName());
    if (!embedding.table().isEmpty()) {
      result.put("table", embedding.table());
    }
    result.put("max_tokens", embedding.maxTokens());
    return result;
  }
}
