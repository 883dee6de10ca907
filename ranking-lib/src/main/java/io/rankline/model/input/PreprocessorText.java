package io.rankline.model.input;

import com.typesafe.config.Config;
import io.rankline.feature.SpecException;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.transform.TransformText;
import io.rankline.text.FaultsException;
import io.rankline.text.Hocon;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The text form of a {@link PreprocessorWithSpec}: HOCON, which includes JSON.
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
    return new PreprocessorReader(section.root(), vocabularies).read();
  }

  /** What an embedding has in text, and below it each index that is an object. */
  public static SortedMap<String, List<OptionSpec>> options() {
    SortedMap<String, List<OptionSpec>> options = new TreeMap<>();
    options.put("", RecordCodec.of(EmbeddingText.class).options());
    options.put("identity", RecordCodec.of(IdentityText.class).options());
    options.put("vocabulary", RecordCodec.of(VocabularyText.class).options());
    return options;
  }

  /**
   * The preprocessor as one line of JSON, which {@link #parse} reads back to an equal one, given a
   * folder with its vocabularies under their names.
   */
  public static String render(PreprocessorWithSpec preprocessor) {
    return Hocon.render(describe(preprocessor));
  }

  static Config config(String text, String origin) {
    try {
      return Hocon.parse(text, origin).toConfig();
    } catch (FaultsException e) {
      throw SpecException.of(e);
    }
  }

  static Map<String, Object> describe(PreprocessorWithSpec preprocessor) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put(TRANSFORMS, TransformText.describe(preprocessor.transforms()));
    SortedMap<String, Object> defaults = new TreeMap<>();
    preprocessor.defaultValues().forEach((name, value) -> defaults.put(name, Hocon.plain(value)));
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
    Map<String, Object> text = RecordCodec.write(EmbeddingText.of(embedding));
    if (embedding.table().isEmpty()) {
      text.remove("table");
    }
    return text;
  }
}
