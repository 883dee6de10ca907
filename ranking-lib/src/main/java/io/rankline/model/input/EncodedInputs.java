package io.rankline.model.input;

import io.rankline.data.ColumnLayout;
import io.rankline.data.DenseColumns;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The plan of a model's inputs: which columns its dense blocks have, and which features go to
 * embeddings. {@link InputEncoder} carries it out.
 *
 * @param inputs the features as they are read
 * @param context what makes up the dense context block [B, C'], sorted by name
 * @param examples what makes up the dense example block [B, L, F'], sorted by name
 * @param contextTokens context features that go to embeddings, sorted by name
 * @param exampleTokens example features that go to embeddings, sorted by name
 */
public record EncodedInputs(
    RecordSpec inputs,
    List<EncodedFeature> context,
    List<EncodedFeature> examples,
    List<TokenFeature> contextTokens,
    List<TokenFeature> exampleTokens)
    implements Serializable {

  /** Graph input of dense example features, [B, L, F]. */
  public static final String EXAMPLE_FEATURES = "example_features";

  /** Graph input of dense context features, [B, C]. */
  public static final String CONTEXT_FEATURES = "context_features";

  /** Feature of the items that a network's scores are added to: the score of another model. */
  public static final String BASE_SCORE = "__base_score__";

  public EncodedInputs {
    context = List.copyOf(context);
    examples = List.copyOf(examples);
    contextTokens = List.copyOf(contextTokens);
    exampleTokens = List.copyOf(exampleTokens);
  }

  /** Columns of the dense context features, sorted by name. */
  public List<FeatureColumns> contextColumns() {
    return context.stream().map(EncodedFeature::columns).toList();
  }

  /** Columns of the dense example features, sorted by name. */
  public List<FeatureColumns> exampleColumns() {
    return examples.stream().map(EncodedFeature::columns).toList();
  }

  /** Whether what an item becomes depends on the other items of its list. */
  public boolean looksAtLists() {
    return examples.stream().anyMatch(feature -> feature.chain().looksAtLists());
  }

  /** C', the number of dense context columns. */
  public int contextWidth() {
    return width(context);
  }

  /** F', the number of dense example columns. */
  public int exampleWidth() {
    return width(examples);
  }

  /**
   * The names of the graph's inputs: dense examples and dense context, each unless it has no
   * column; token features of the context, then of the examples; the mask.
   *
   * @throws IllegalArgumentException if two of them are the same
   */
  public List<String> inputNames(String maskFeatureName) {
    List<String> names = new ArrayList<>();
    if (!examples.isEmpty()) {
      names.add(EXAMPLE_FEATURES);
    }
    if (!context.isEmpty()) {
      names.add(CONTEXT_FEATURES);
    }
    contextTokens.forEach(feature -> names.add(feature.name()));
    exampleTokens.forEach(feature -> names.add(feature.name()));
    names.add(maskFeatureName);
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "two inputs of the graph are named '%s'; rename the token feature".formatted(name));
      }
    }
    return List.copyOf(names);
  }

  /**
   * The features of each embedding table by its name: those of the context first, then those of the
   * examples, each sorted by name.
   */
  public SortedMap<String, List<TokenFeature>> tables() {
    SortedMap<String, List<TokenFeature>> tables = new TreeMap<>();
    for (List<TokenFeature> side : List.of(contextTokens, exampleTokens)) {
      for (TokenFeature feature : side) {
        tables.merge(
            feature.embedding().table(),
            List.of(feature),
            (known, added) -> {
              List<TokenFeature> all = new ArrayList<>(known);
              all.addAll(added);
              return List.copyOf(all);
            });
      }
    }
    return Collections.unmodifiableSortedMap(tables);
  }

  /** Every vocabulary that a token feature reads, by its name. */
  public SortedMap<String, Vocabulary> vocabularies() {
    SortedMap<String, Vocabulary> vocabularies = new TreeMap<>();
    for (List<TokenFeature> features : tables().values()) {
      for (TokenFeature feature : features) {
        if (feature.embedding().index() instanceof VocabularyIndex index) {
          vocabularies.put(index.vocabulary().name(), index.vocabulary());
        }
      }
    }
    return Collections.unmodifiableSortedMap(vocabularies);
  }

  /**
   * Which column of an encoded list holds what.
   *
   * @param raw the layout of lists as they are read; labels and weights stay
   */
  ListLayout layout(ListLayout raw) {
    return new ListLayout(
        dense(context),
        dense(examples),
        ids(contextTokens),
        ids(exampleTokens),
        raw.labels(),
        raw.weights());
  }

  private static int width(List<EncodedFeature> features) {
    return features.stream().mapToInt(feature -> feature.columns().width()).sum();
  }

  private static List<DenseColumns> dense(List<EncodedFeature> features) {
    return features.stream()
        .map(EncodedFeature::columns)
        .map(
            columns ->
                new DenseColumns(
                    columns.name(),
                    columns.first(),
                    columns.width(),
                    Collections.nCopies(columns.width(), 0f)))
        .toList();
  }

  private static List<ColumnLayout> ids(List<TokenFeature> features) {
    return features.stream()
        .map(
            feature ->
                new ColumnLayout(feature.name(), new LongColumn(new long[0], new int[] {0, 0})))
        .toList();
  }
}
