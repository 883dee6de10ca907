package io.rankline.model.input;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.rankline.feature.SpecException;
import io.rankline.feature.TextFaults;
import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.TokenIndex;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.feature.transform.TransformChain;
import io.rankline.feature.transform.TransformText;
import io.rankline.model.layer.Pooling;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns parsed text into a {@link PreprocessorWithSpec} and collects every fault on the way. */
final class PreprocessorReader {

  private static final Set<String> SECTIONS =
      sorted(
          PreprocessorText.TRANSFORMS,
          PreprocessorText.DEFAULT_VALUES,
          PreprocessorText.WIDTHS,
          PreprocessorText.EMBEDDINGS);
  private static final Set<String> INDEX_KEYS = sorted("vocabulary", "hash_buckets", "identity");
  private static final Set<String> EMBEDDING_KEYS =
      sorted(
          "vocabulary", "hash_buckets", "identity", "dimension", "pooling", "table", "max_tokens");
  private static final Set<String> VOCABULARY_KEYS =
      sorted("file", "oov_buckets", "oov_token", "mask_token");
  private static final Set<String> IDENTITY_KEYS = sorted("size", "others");

  private final Function<String, Vocabulary> source;
  private final TextFaults faults = new TextFaults();

  /** One vocabulary a file, however many features read it. */
  private final Map<String, Vocabulary> vocabularies = new HashMap<>();

  PreprocessorReader(Function<String, Vocabulary> source) {
    this.source = source;
  }

  PreprocessorWithSpec read(ConfigObject root) {
    faults.checkKeys(root, SECTIONS, "");
    SortedMap<String, Float> defaults = new TreeMap<>();
    SortedMap<String, Integer> widths = new TreeMap<>();
    SortedMap<String, Embedding> embeddings = new TreeMap<>();
    SortedMap<String, TransformChain> transforms = new TreeMap<>();
    try {
      if (root.get(PreprocessorText.TRANSFORMS) instanceof ConfigObject section) {
        transforms.putAll(TransformText.of(section.toConfig()));
      }
    } catch (SpecException e) {
      e.problems().forEach(problem -> faults.add(null, "", problem));
    }
    entries(
        root,
        PreprocessorText.DEFAULT_VALUES,
        (path, value) -> {
          if (value.unwrapped() instanceof Number number) {
            putAll(defaults, value, path, number.floatValue());
          } else {
            faults.add(value, path, "must be a number, got " + TextFaults.shown(value));
          }
        });
    entries(
        root,
        PreprocessorText.WIDTHS,
        (path, value) -> putAll(widths, value, path, wholeNumber(value, path, 1)));
    entries(
        root,
        PreprocessorText.EMBEDDINGS,
        (path, value) -> {
          Embedding embedding = embedding(value, path);
          if (embedding != null) {
            putAll(embeddings, value, path, embedding);
          }
        });
    if (faults.count() > 0) {
      throw new SpecException(faults.problems());
    }
    return new PreprocessorWithSpec(transforms, defaults, widths, embeddings);
  }

  private void entries(ConfigObject root, String section, BiConsumer<String, ConfigValue> each) {
    ConfigValue value = root.get(section);
    if (value instanceof ConfigObject entries) {
      withoutNulls(entries).forEach((key, entry) -> each.accept(section + "." + key, entry));
    } else if (value != null) {
      faults.add(value, section, "must be an object of features, got " + TextFaults.shown(value));
    }
  }

  private <T> void putAll(Map<String, T> into, ConfigValue value, String path, T entry) {
    String key = path.substring(path.indexOf('.') + 1);
    for (String name : faults.expand(value, path, key)) {
      if (into.put(name, entry) != null) {
        faults.add(value, path, "gives '%s' a second time".formatted(name));
      }
    }
  }

  private @Nullable Embedding embedding(ConfigValue value, String path) {
    if (!(value instanceof ConfigObject given)) {
      faults.add(value, path, "must be an object, got " + TextFaults.shown(value));
      return null;
    }
    int before = faults.count();
    faults.checkKeys(given, EMBEDDING_KEYS, path);
    ConfigObject object = withoutNulls(given);
    Set<String> indexes = new TreeSet<>(INDEX_KEYS);
    indexes.retainAll(object.keySet());
    if (indexes.size() != 1) {
      faults.add(
          value,
          path,
          "must have one of %s, got %s"
              .formatted(String.join(", ", INDEX_KEYS), indexes.isEmpty() ? "none" : indexes));
    }
    if (!object.containsKey("dimension")) {
      faults.add(value, path + ".dimension", "is missing");
    }
    String table = faults.string(object, path, "table", "");
    String poolingName = faults.string(object, path, "pooling", Pooling.MEAN.wireName());
    int dimension = wholeNumber(object.get("dimension"), path + ".dimension", 1);
    int maxTokens = wholeNumber(object.get("max_tokens"), path + ".max_tokens", 0);
    TokenIndex index = indexes.size() == 1 ? index(object, path) : null;
    Pooling pooling = Pooling.MEAN;
    try {
      pooling = Pooling.ofWireName(poolingName);
    } catch (IllegalArgumentException e) {
      faults.add(object.get("pooling"), path + ".pooling", String.valueOf(e.getMessage()));
    }
    return index == null || faults.count() > before
        ? null
        : new Embedding(index, dimension, pooling, table, maxTokens);
  }

  private @Nullable TokenIndex index(ConfigObject object, String path) {
    if (object.containsKey("hash_buckets")) {
      return new HashBuckets(wholeNumber(object.get("hash_buckets"), path + ".hash_buckets", 1));
    }
    String kind = object.containsKey("identity") ? "identity" : "vocabulary";
    String place = path + "." + kind;
    ConfigValue value = object.get(kind);
    if (!(value instanceof ConfigObject entry)) {
      faults.add(value, place, "must be an object");
      return null;
    }
    try {
      return kind.equals("identity") ? identity(entry, place) : words(entry, place);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      faults.add(value, place, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private IdentityIndex identity(ConfigObject entry, String path) {
    faults.checkKeys(entry, IDENTITY_KEYS, path);
    int size = wholeNumber(entry.get("size"), path + ".size", 1);
    String others = faults.string(entry, path, "others", "error");
    return switch (others) {
      case "error" -> new IdentityIndex(size, IdentityIndex.Others.ERROR);
      case "none" -> new IdentityIndex(size, IdentityIndex.Others.NONE);
      default -> throw new IllegalArgumentException("others must be error or none, got " + others);
    };
  }

  private VocabularyIndex words(ConfigObject entry, String path) {
    faults.checkKeys(entry, VOCABULARY_KEYS, path);
    String file = faults.string(entry, path, "file", "");
    if (file.isEmpty()) {
      throw new IllegalArgumentException("needs a file");
    }
    Vocabulary vocabulary = vocabularies.computeIfAbsent(file, source);
    VocabularyIndex index = VocabularyIndex.of(vocabulary);
    if (entry.containsKey("oov_token")) {
      index = index.withOovToken(faults.string(entry, path, "oov_token", ""));
    }
    if (entry.containsKey("mask_token")) {
      index = index.withMaskToken(faults.string(entry, path, "mask_token", ""));
    }
    return index.withOovBuckets(wholeNumber(entry.get("oov_buckets"), path + ".oov_buckets", 0));
  }

  /** An override takes a value away by null: {@code {hash_buckets = null, vocabulary {...}}}. */
  private static ConfigObject withoutNulls(ConfigObject object) {
    ConfigObject rest = object;
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      if (entry.getValue().valueType() == ConfigValueType.NULL) {
        rest = rest.withoutKey(entry.getKey());
      }
    }
    return rest;
  }

  /** The number, or {@code least} where there is none or after a fault. */
  private int wholeNumber(@Nullable ConfigValue value, String path, int least) {
    if (value == null) {
      return least;
    }
    if (value.unwrapped() instanceof Integer number && number >= least) {
      return number;
    }
    faults.add(
        value,
        path,
        "must be a whole number of %d or more, got %s".formatted(least, TextFaults.shown(value)));
    return least;
  }

  private static Set<String> sorted(String... names) {
    return new TreeSet<>(List.of(names));
  }
}
