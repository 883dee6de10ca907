package io.rankline.spark.evaluation;

import io.rankline.feature.profile.InputProfile;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What files say of their lists besides labels: what they look like, and what slices they are of.
 */
public final class QueryFacts {

  private final SavedRankingModel model;
  private final String pattern;
  private final TrainingData data;

  /**
   * Of files that a model can score.
   *
   * @param pattern files, by paths, folders or globs
   * @param data how they are read
   */
  public QueryFacts(SavedRankingModel model, String pattern, TrainingData data) {
    this.model = model;
    this.pattern = pattern;
    this.data = data;
  }

  /** What the lists look like. */
  public InputProfile profile() throws IOException {
    InputProfile.Builder profile = new InputProfile.Builder(model.records().layout());
    ModelLists.read(model.records(), pattern, data, (name, list) -> profile.add(list));
    return profile.build();
  }

  /**
   * What a feature of the context holds, a text or a whole number.
   *
   * @return by the place of the list, as {@link Predictions} has it; without the lists that lack it
   * @throws IllegalArgumentException if none has it
   */
  public SortedMap<String, String> values(String feature) throws IOException {
    if (data.records() == null) {
      throw new IllegalArgumentException(
          "slices are features of the context, and LibSVM files have none; leave them out, or"
              + " convert the data to records");
    }
    SortedMap<String, String> values = new TreeMap<>();
    ModelLists.read(
        model.records(),
        pattern,
        data.withQueries(feature),
        (name, list) -> {
          if (!name.query().equals(name.place())) {
            values.put(name.place(), name.query());
          }
        });
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "no list of %s has one text or whole number as its context feature '%s'"
              .formatted(pattern, feature));
    }
    return Collections.unmodifiableSortedMap(values);
  }
}
