package io.rankline.model.input;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.SpecException;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.transform.TransformChain;
import io.rankline.feature.transform.TransformText;
import io.rankline.text.Hocon;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import io.rankline.text.Wording;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns parsed text into a {@link PreprocessorWithSpec} and collects every fault on the way. */
final class PreprocessorReader {

  private final Function<String, Vocabulary> source;
  private final Section root;

  /** One vocabulary a file, however many features read it. */
  private final Map<String, Vocabulary> vocabularies = new HashMap<>();

  PreprocessorReader(ConfigObject root, Function<String, Vocabulary> source) {
    this.root = Section.of(root, Wording.SPEC);
    this.source = source;
  }

  PreprocessorWithSpec read() {
    SortedMap<String, TransformChain> transforms = transforms();
    SortedMap<String, Float> defaults =
        entries(PreprocessorText.DEFAULT_VALUES, PreprocessorReader::number);
    SortedMap<String, Integer> widths = entries(PreprocessorText.WIDTHS, PreprocessorReader::width);
    SortedMap<String, Embedding> embeddings = entries(PreprocessorText.EMBEDDINGS, this::embedding);
    root.rejectUnknownKeys();
    if (root.isFaulty()) {
      throw new SpecException(root.faults());
    }
    return new PreprocessorWithSpec(transforms, defaults, widths, embeddings);
  }

  private SortedMap<String, TransformChain> transforms() {
    try {
      if (root.value(PreprocessorText.TRANSFORMS) instanceof ConfigObject section) {
        return TransformText.of(section.toConfig());
      }
    } catch (SpecException e) {
      root.add(e.faults());
    }
    return new TreeMap<>();
  }

  /** One value for each name below a key; null of the reader stands for a fault. */
  private <T> SortedMap<String, T> entries(
      String key, BiFunction<Section, String, @Nullable T> reader) {
    SortedMap<String, T> entries = new TreeMap<>();
    ConfigValue value = root.value(key);
    if (!(value instanceof ConfigObject)) {
      if (value != null) {
        root.fault(key, "must be an object of features, got " + Hocon.shown(value));
      }
      return entries;
    }
    Section section = Objects.requireNonNull(root.below(key, value));
    for (String range : section.keys()) {
      T read = reader.apply(section, range);
      for (String name : section.expand(range)) {
        if (read != null && entries.put(name, read) != null) {
          section.fault(range, "gives '%s' a second time".formatted(name));
        }
      }
    }
    return entries;
  }

  private static float number(Section section, String key) {
    return (float) section.real(key, 0);
  }

  private static @Nullable Integer width(Section section, String key) {
    ConfigValue value = section.value(key);
    if (value != null && value.unwrapped() instanceof Integer number && number >= 1) {
      return number;
    }
    section.fault(
        key,
        "must be a whole number of 1 or more, got "
            + (value == null ? "none" : Hocon.shown(value)));
    return null;
  }

  private @Nullable Embedding embedding(Section section, String key) {
    Section below = section.below(key);
    if (below == null) {
      return null;
    }
    EmbeddingText text = RecordCodec.of(EmbeddingText.class).read(below);
    below.rejectUnknownKeys();
    VocabularyText words = text == null ? null : text.vocabulary();
    if (text == null || words == null) {
      return text == null ? null : text.embedding();
    }
    try {
      return text.embedding(words.index(vocabularies.computeIfAbsent(words.file(), source)));
    } catch (IllegalArgumentException e) {
      below.refused("vocabulary", e);
    } catch (UncheckedIOException e) {
      below.fault("vocabulary", String.valueOf(e.getMessage()));
    }
    return null;
  }
}
