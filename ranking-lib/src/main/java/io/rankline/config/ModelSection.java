package io.rankline.config;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.SpecException;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.transform.TransformChain;
import io.rankline.feature.transform.TransformText;
import io.rankline.model.AbstractModelBuilder;
import io.rankline.model.ModelBuilder;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorText;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.GAMScorer;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.model.scorer.Scorer;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code model}.
 *
 * @param names of the model and its mask
 * @param preprocessor what becomes of features
 * @param scorer the network
 */
record ModelSection(ModelNames names, PreprocessorWithSpec preprocessor, Scorer scorer) {

  private static final String ALL_EXAMPLES = "all_examples";
  private static final String ALL_CONTEXT = "all_context";

  /**
   * Null after a fault.
   *
   * @param data what the model reads; null after a fault there
   * @param vocabularies makes the vocabulary of a file
   */
  static @Nullable ModelSection read(
      Section section, @Nullable DataSection data, Function<String, Vocabulary> vocabularies) {
    ModelNames names = RecordCodec.of(ModelNames.class).read(section);
    PreprocessorWithSpec preprocessor =
        preprocessor(section, data == null ? null : data.records(), vocabularies);
    ConfigValue value = section.value("scorer");
    Scorer scorer = null;
    if (value == null) {
      section.fault("scorer", "is missing; it is the network, { type = dnn, ... }");
    } else {
      Section below = section.below("scorer", value);
      if (below != null) {
        scorer = ScorerText.read(below, data == null ? Set.of() : data.taskNames());
      }
    }
    if (preprocessor != null && !preprocessor.embeddings().isEmpty()) {
      readsNumbers(scorer)
          .ifPresent(
              name ->
                  section.fault(
                      "preprocess",
                      "must have no embedding for scorer %s, which reads numbers, got those of %s; leave these features out"
                          .formatted(name, preprocessor.embeddings().keySet())));
    }
    section.rejectUnknownKeys();
    return names == null || preprocessor == null || scorer == null
        ? null
        : new ModelSection(names, preprocessor, scorer);
  }

  /** The name of a scorer that tokens mean nothing to. */
  private static Optional<String> readsNumbers(@Nullable Scorer scorer) {
    return scorer instanceof LambdaMartScorer
        ? Optional.of("lambdamart")
        : scorer instanceof GAMScorer ? Optional.of("gam") : Optional.empty();
  }

  /**
   * The model.
   *
   * @param onBase whether its scores are added to those of another model
   */
  AbstractModelBuilder modelBuilder(RecordSpec records, boolean onBase) {
    SortedMap<String, FeatureSpec> examples = new TreeMap<>(records.examples());
    if (onBase) {
      examples.put(EncodedInputs.BASE_SCORE, FixedLenFeature.float32(1));
    }
    return new ModelBuilder(
        new FeatureSpecInputCreator(records.context(), examples),
        preprocessor,
        scorer,
        names.maskFeatureName(),
        names.name());
  }

  private static @Nullable PreprocessorWithSpec preprocessor(
      Section section, @Nullable RecordSpec records, Function<String, Vocabulary> vocabularies) {
    ConfigValue value = section.value("preprocess");
    if (value == null) {
      return PreprocessorWithSpec.builder().build();
    }
    if (!(value instanceof ConfigObject object)) {
      section.fault("preprocess", "must be an object, { all_examples = [log1p] }");
      return null;
    }
    try {
      PreprocessorWithSpec named =
          PreprocessorText.of(
              object.withoutKey(ALL_EXAMPLES).withoutKey(ALL_CONTEXT).toConfig(), vocabularies);
      SortedMap<String, TransformChain> transforms = new TreeMap<>(named.transforms());
      if (records != null) {
        forAll(object, ALL_EXAMPLES, records.examples(), named, transforms);
        forAll(object, ALL_CONTEXT, records.context(), named, transforms);
      }
      return named.withTransforms(transforms);
    } catch (SpecException e) {
      section.add(e.faults());
      return null;
    }
  }

  /** Gives the transforms of the short form to all numbers that are not named. */
  private static void forAll(
      ConfigObject object,
      String key,
      Map<String, FeatureSpec> features,
      PreprocessorWithSpec named,
      Map<String, TransformChain> transforms) {
    ConfigValue value = object.get(key);
    if (value == null) {
      return;
    }
    TransformChain chain =
        TransformText.of(ConfigFactory.empty().withValue(key, value)).values().iterator().next();
    features.forEach(
        (name, feature) -> {
          if (feature.dtype() != DType.STRING && !named.embeddings().containsKey(name)) {
            transforms.putIfAbsent(name, chain);
          }
        });
  }
}
