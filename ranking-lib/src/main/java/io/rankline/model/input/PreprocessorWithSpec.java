package io.rankline.model.input;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.transform.FeatureStatistics;
import io.rankline.feature.transform.Transform;
import io.rankline.feature.transform.TransformChain;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Says by name what becomes of features. A number that is not named is passed on as it is; of text,
 * an embedding must be named.
 *
 * <p>A name goes for the feature of the context as well as for that of the examples.
 *
 * @param transforms what becomes of numbers
 * @param defaultValues what stands for a missing value (NaN, or the values that a feature of
 *     varying length lacks), before transforms
 * @param widths how many columns a feature of varying length gets, where it is read as numbers
 * @param embeddings features that are read as tokens
 */
public record PreprocessorWithSpec(
    SortedMap<String, TransformChain> transforms,
    SortedMap<String, Float> defaultValues,
    SortedMap<String, Integer> widths,
    SortedMap<String, Embedding> embeddings)
    implements Preprocessor {

  public PreprocessorWithSpec {
    transforms = Collections.unmodifiableSortedMap(new TreeMap<>(transforms));
    defaultValues = Collections.unmodifiableSortedMap(new TreeMap<>(defaultValues));
    widths = Collections.unmodifiableSortedMap(new TreeMap<>(widths));
    embeddings = Collections.unmodifiableSortedMap(new TreeMap<>(embeddings));
    widths.forEach(
        (name, width) -> {
          if (width < 1) {
            throw new IllegalArgumentException(
                "width of '%s' must be 1 or more, got %s".formatted(name, width));
          }
        });
    defaultValues.forEach(
        (name, value) -> {
          if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(
                "default value of '%s' must be finite, got %s".formatted(name, value));
          }
        });
  }

  /** The same transforms for all of these features. */
  public static PreprocessorWithSpec forAll(Collection<String> names, Transform... transforms) {
    Builder builder = builder();
    names.forEach(name -> builder.transform(name, transforms));
    return builder.build();
  }

  /** Passes numbers on as they are. */
  public static Builder builder() {
    return new Builder();
  }

  /** The same with other transforms. */
  public PreprocessorWithSpec withTransforms(Map<String, TransformChain> newTransforms) {
    return new PreprocessorWithSpec(
        new TreeMap<>(newTransforms), defaultValues, widths, embeddings);
  }

  /** Whether every transform has all its parameters. */
  @Override
  public boolean isFitted() {
    return transforms.values().stream().allMatch(TransformChain::isFitted);
  }

  /**
   * The same with transforms fitted to data. Passes over the lists once, and once more where a
   * feature has two transforms to be fitted.
   *
   * @throws IllegalArgumentException if a feature to be fitted has no value
   */
  @Override
  public PreprocessorWithSpec fit(Iterable<RankingList> lists) {
    PreprocessorWithSpec fitted = this;
    while (!fitted.isFitted()) {
      FeatureStatistics statistics = new FeatureStatistics(fitted.transforms);
      lists.forEach(statistics::add);
      fitted = fitted.withTransforms(statistics.fit());
    }
    return fitted;
  }

  @Override
  public EncodedInputs encode(RecordSpec inputs) {
    return new InputPlanner(this, inputs).plan();
  }

  /** Collects what becomes of features. */
  public static final class Builder {
    private final SortedMap<String, TransformChain> transforms = new TreeMap<>();
    private final SortedMap<String, Float> defaultValues = new TreeMap<>();
    private final SortedMap<String, Integer> widths = new TreeMap<>();
    private final SortedMap<String, Embedding> embeddings = new TreeMap<>();

    private Builder() {}

    /** Transforms of a feature, in this order; they replace those it had. */
    public Builder transform(String name, Transform... chain) {
      transforms.put(name, new TransformChain(List.of(chain)));
      return this;
    }

    /** What stands for missing values of a feature, before transforms. */
    public Builder defaultValue(String name, float value) {
      defaultValues.put(name, value);
      return this;
    }

    /** How many columns a feature of varying length gets, where it is read as numbers. */
    public Builder width(String name, int columns) {
      widths.put(name, columns);
      return this;
    }

    /** Reads a feature as tokens. */
    public Builder embedding(String name, Embedding embedding) {
      embeddings.put(name, embedding);
      return this;
    }

    /** The preprocessor. */
    public PreprocessorWithSpec build() {
      return new PreprocessorWithSpec(transforms, defaultValues, widths, embeddings);
    }
  }
}
