package io.rankline.model.input;

import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.SpecException;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.feature.transform.TransformChain;
import io.rankline.text.Fault;
import io.rankline.text.KnownNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/** Makes a plan of a preprocessor and the features it is for; collects every fault on the way. */
final class InputPlanner {

  private final PreprocessorWithSpec preprocessor;
  private final RecordSpec inputs;
  private final List<String> problems = new ArrayList<>();

  InputPlanner(PreprocessorWithSpec preprocessor, RecordSpec inputs) {
    this.preprocessor = preprocessor;
    this.inputs = inputs;
  }

  EncodedInputs plan() {
    requireKnown("transform", preprocessor.transforms().keySet());
    requireKnown("default value", preprocessor.defaultValues().keySet());
    requireKnown("width", preprocessor.widths().keySet());
    requireKnown("embedding", preprocessor.embeddings().keySet());
    EncodedInputs plan =
        new EncodedInputs(
            inputs,
            context(),
            dense(inputs.examples()),
            tokens(inputs.context()),
            tokens(inputs.examples()));
    plan.tables().forEach(this::requireOneTable);
    requireOneVocabularyAName(plan);
    if (!problems.isEmpty()) {
      throw new SpecException(problems.stream().map(Fault::ofSentence).toList());
    }
    return plan;
  }

  private void requireKnown(String what, Collection<String> names) {
    TreeSet<String> known = new TreeSet<>(inputs.context().keySet());
    known.addAll(inputs.examples().keySet());
    for (String name : names) {
      if (!known.contains(name)) {
        problems.add(
            "%s of '%s': the model has no such feature%s"
                .formatted(
                    what,
                    name,
                    known.isEmpty()
                        ? ""
                        : "; did you mean '%s'?"
                            .formatted(KnownNames.nearestFirst(name, known).get(0))));
      }
    }
  }

  private List<EncodedFeature> context() {
    List<EncodedFeature> context = dense(inputs.context());
    for (EncodedFeature feature : context) {
      if (feature.chain().looksAtLists()) {
        problems.add(
            "feature '%s' is of the query and has one value a list; leave out its query_ transforms"
                .formatted(feature.name()));
      }
    }
    return context;
  }

  private List<EncodedFeature> dense(SortedMap<String, FeatureSpec> features) {
    List<EncodedFeature> dense = new ArrayList<>();
    int first = 0;
    for (Map.Entry<String, FeatureSpec> entry : features.entrySet()) {
      String name = entry.getKey();
      if (preprocessor.embeddings().containsKey(name)) {
        continue;
      }
      int inputWidth = inputWidth(name, entry.getValue());
      TransformChain chain = preprocessor.transforms().getOrDefault(name, TransformChain.IDENTITY);
      if (!chain.isFitted()) {
        problems.add(
            "feature '%s' has a transform that is not fitted; fit the preprocessor to data, or give"
                    .formatted(name)
                + " the transform its numbers");
      }
      int width = 0;
      try {
        width = inputWidth == 0 ? 0 : chain.width(inputWidth);
      } catch (IllegalArgumentException e) {
        problems.add("feature '%s': %s".formatted(name, e.getMessage()));
      }
      float defaultValue = preprocessor.defaultValues().getOrDefault(name, Float.NaN);
      dense.add(
          new EncodedFeature(
              name, inputWidth, chain, defaultValue, new FeatureColumns(name, first, width)));
      first = Math.addExact(first, width);
    }
    return dense;
  }

  /** Number of values an item has; 0 after a fault. */
  private int inputWidth(String name, FeatureSpec feature) {
    if (feature.dtype() == DType.STRING) {
      problems.add(
          "feature '%s' is text; give it an embedding, or leave it out of the inputs"
              .formatted(name));
      return 0;
    }
    Integer width = preprocessor.widths().get(name);
    if (feature instanceof FixedLenFeature fixed) {
      if (width != null && width != fixed.width()) {
        problems.add(
            "width of '%s' is %s by its shape, got %s".formatted(name, fixed.width(), width));
      }
      return fixed.width();
    }
    if (width == null) {
      problems.add(
          "feature '%s' has any number of values; give it a width, or an embedding"
              .formatted(name));
      return 0;
    }
    return width;
  }

  private List<TokenFeature> tokens(SortedMap<String, FeatureSpec> features) {
    List<TokenFeature> tokens = new ArrayList<>();
    features.forEach(
        (name, feature) -> {
          Embedding embedding = preprocessor.embeddings().get(name);
          if (embedding == null) {
            return;
          }
          if (feature.dtype() == DType.FLOAT32) {
            problems.add(
                "feature '%s' has an embedding and must be of string or int64, got float32"
                    .formatted(name));
          }
          if (feature.dtype() == DType.STRING && !embedding.index().takesText()) {
            problems.add("feature '%s' is text; identity takes int64 values".formatted(name));
          }
          requireNoNumbers("transform", name, preprocessor.transforms().keySet());
          requireNoNumbers("default value", name, preprocessor.defaultValues().keySet());
          requireNoNumbers("width", name, preprocessor.widths().keySet());
          String table = embedding.table().isEmpty() ? name : embedding.table();
          tokens.add(new TokenFeature(name, embedding.withTable(table)));
        });
    return tokens;
  }

  private void requireNoNumbers(String what, String name, Collection<String> named) {
    if (named.contains(name)) {
      problems.add("feature '%s' has an embedding and can have no %s".formatted(name, what));
    }
  }

  private void requireOneTable(String table, List<TokenFeature> features) {
    Embedding first = features.get(0).embedding();
    for (TokenFeature feature : features) {
      Embedding other = feature.embedding();
      if (other.dimension() != first.dimension()
          || other.pooling() != first.pooling()
          || other.index().size() != first.index().size()) {
        problems.add(
            "features '%s' and '%s' share table '%s' and must agree: %s, got %s"
                .formatted(
                    features.get(0).name(), feature.name(), table, words(first), words(other)));
      }
    }
  }

  private static String words(Embedding embedding) {
    return "%s rows of %s columns, %s"
        .formatted(embedding.index().size(), embedding.dimension(), embedding.pooling().wireName());
  }

  private void requireOneVocabularyAName(EncodedInputs plan) {
    Map<String, Vocabulary> byName = new HashMap<>();
    for (List<TokenFeature> features : plan.tables().values()) {
      for (TokenFeature feature : features) {
        if (feature.embedding().index() instanceof VocabularyIndex index) {
          Vocabulary known = byName.putIfAbsent(index.vocabulary().name(), index.vocabulary());
          if (known != null && !known.equals(index.vocabulary())) {
            problems.add(
                "two vocabularies are named '%s'; rename one of them".formatted(known.name()));
          }
        }
      }
    }
  }
}
