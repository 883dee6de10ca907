package io.rankline.model;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.data.Section;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.SpecException;
import io.rankline.feature.TokenIndex;
import io.rankline.feature.TokenIndexText;
import io.rankline.feature.TransformChain;
import io.rankline.feature.TransformText;
import io.rankline.feature.Vocabulary;
import io.rankline.model.layer.Pooling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The text form of {@link EncodedInputs}, the features as they are read apart: HOCON, of which JSON
 * is a part.
 *
 * <pre>{@code
 * context {
 *   query_tokens { embedding { dimension = 20, table = words, vocabulary = "words.txt" } }
 * }
 * example {
 *   price   { transforms = [log1p], default = 0 }
 *   ratings { width = 5, default = 3 }
 * }
 * }</pre>
 *
 * <p>A feature that is not named is not read. {@code transforms} are those of {@link
 * TransformText}, {@code width} is needed where a feature has any number of values, and an
 * embedding names its index as {@link TokenIndexText} does.
 */
public final class EncodedInputsText {

  private EncodedInputsText() {}

  /** The plan as maps, lists, numbers and strings. */
  public static Map<String, Object> describe(EncodedInputs inputs) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put(
        "context", describe(inputs.inputs().context(), inputs.context(), inputs.contextTokens()));
    result.put(
        "example", describe(inputs.inputs().examples(), inputs.examples(), inputs.exampleTokens()));
    return result;
  }

  /**
   * The plan that a section describes. Faults are noted in the section.
   *
   * @param features the features as they are read
   * @param vocabularies the vocabulary of a name; may throw IllegalArgumentException
   */
  public static EncodedInputs read(
      Section section, RecordSpec features, Function<String, Vocabulary> vocabularies) {
    Side context = new Side(features.context(), vocabularies);
    Side examples = new Side(features.examples(), vocabularies);
    context.read(section, "context");
    examples.read(section, "example");
    section.rejectUnknownKeys();
    return new EncodedInputs(
        features, context.dense, examples.dense, context.tokens, examples.tokens);
  }

  private static Map<String, Object> describe(
      SortedMap<String, FeatureSpec> features,
      List<EncodedFeature> dense,
      List<TokenFeature> tokens) {
    Map<String, Object> result = new LinkedHashMap<>();
    for (EncodedFeature feature : dense) {
      Map<String, Object> entry = new LinkedHashMap<>();
      if (!(features.get(feature.name()) instanceof FixedLenFeature)) {
        entry.put("width", feature.inputWidth());
      }
      if (!Float.isNaN(feature.defaultValue())) {
        entry.put("default", Double.valueOf(Float.toString(feature.defaultValue())));
      }
      if (!feature.chain().transforms().isEmpty()) {
        entry.put(
            "transforms",
            TransformText.describe(Map.of(feature.name(), feature.chain())).get(feature.name()));
      }
      result.put(feature.name(), entry);
    }
    for (TokenFeature feature : tokens) {
      Embedding embedding = feature.embedding();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dimension", embedding.dimension());
      entry.put("pooling", embedding.pooling().wireName());
      entry.put("table", embedding.table());
      entry.put("max_tokens", embedding.maxTokens());
      entry.putAll(TokenIndexText.describe(embedding.index()));
      result.put(feature.name(), Map.of("embedding", entry));
    }
    return result;
  }

  /** The features of the context, or those of the examples, while they are read. */
  private static final class Side {
    final SortedMap<String, FeatureSpec> features;
    final Function<String, Vocabulary> vocabularies;
    final List<EncodedFeature> dense = new ArrayList<>();
    final List<TokenFeature> tokens = new ArrayList<>();

    Side(SortedMap<String, FeatureSpec> features, Function<String, Vocabulary> vocabularies) {
      this.features = features;
      this.vocabularies = vocabularies;
    }

    void read(Section section, String side) {
      ConfigValue value = section.value(side);
      if (!(value instanceof ConfigObject object)) {
        section.fault(side, "must be an object of features");
        return;
      }
      SortedMap<String, Section> entries = new TreeMap<>();
      Map<String, ConfigValue> transforms = new LinkedHashMap<>();
      for (Map.Entry<String, ConfigValue> feature : new TreeMap<>(object).entrySet()) {
        String name = feature.getKey();
        Section entry = section.below(side + "." + name, feature.getValue());
        if (entry == null) {
          continue;
        }
        if (!features.containsKey(name)) {
          entry.fault("is no feature of the model");
        }
        entries.put(name, entry);
        ConfigValue chain = entry.value("transforms");
        if (chain != null) {
          transforms.put(name, chain);
        }
      }
      SortedMap<String, TransformChain> chains = new TreeMap<>();
      try {
        chains.putAll(TransformText.of(ConfigValueFactory.fromMap(transforms).toConfig()));
      } catch (SpecException | ConfigException e) {
        section.fault(side, String.valueOf(e.getMessage()));
      }
      entries.forEach(
          (name, entry) -> read(name, entry, chains.getOrDefault(name, TransformChain.IDENTITY)));
    }

    private void read(String name, Section entry, TransformChain chain) {
      ConfigValue embedding = entry.value("embedding");
      if (embedding == null) {
        readDense(name, entry, chain);
      } else {
        Section below = entry.below("embedding", embedding);
        if (below != null) {
          readTokens(name, below);
        }
      }
      entry.rejectUnknownKeys();
    }

    private void readDense(String name, Section entry, TransformChain chain) {
      int inputWidth =
          features.get(name) instanceof FixedLenFeature fixed
              ? fixed.width()
              : entry.whole("width", 0);
      if (inputWidth < 1) {
        entry.fault("width", "must be 1 or more");
        return;
      }
      int first = 0;
      if (!dense.isEmpty()) {
        FeatureColumns last = dense.get(dense.size() - 1).columns();
        first = Math.addExact(last.first(), last.width());
      }
      try {
        dense.add(
            new EncodedFeature(
                name,
                inputWidth,
                chain,
                (float) entry.real("default", Double.NaN),
                new FeatureColumns(name, first, chain.width(inputWidth))));
      } catch (IllegalArgumentException e) {
        entry.fault("transforms", String.valueOf(e.getMessage()));
      }
    }

    private void readTokens(String name, Section entry) {
      int dimension = entry.whole("dimension", 0);
      String pooling = entry.text("pooling", Pooling.MEAN.wireName());
      String table = entry.text("table", name);
      int maxTokens = entry.whole("max_tokens", 0);
      TokenIndex index = TokenIndexText.read(entry, vocabularies);
      if (index == null) {
        return;
      }
      try {
        tokens.add(
            new TokenFeature(
                name,
                new Embedding(index, dimension, Pooling.ofWireName(pooling), table, maxTokens)));
      } catch (IllegalArgumentException e) {
        entry.fault(String.valueOf(e.getMessage()));
      }
    }
  }
}
