package io.rankline.spark.evaluation;

import io.rankline.feature.profile.InputProfile;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What files say of their lists besides labels.
 *
 * @param profile what they look like
 * @param slices what features of the context hold, a text or a whole number: for each feature by
 *     the place of the list, as {@link Predictions} has it, without the lists that lack it
 */
public record QueryFacts(
    InputProfile profile, SortedMap<String, SortedMap<String, String>> slices) {

  /**
   * Reads files that a model can score, once.
   *
   * @param pattern files, by paths, folders or globs
   * @param data how they are read
   * @param slices features of the context
   * @throws IllegalArgumentException if no list has one of them
   */
  public static QueryFacts read(
      SavedRankingModel model, String pattern, TrainingData data, List<String> slices)
      throws IOException {
    if (data.records() == null && !slices.isEmpty()) {
      throw new IllegalArgumentException(
          "slices are features of the context, and LibSVM files have none; leave them out, or"
              + " convert the data to records");
    }
    InputProfile.Builder profile = new InputProfile.Builder(model.records().layout());
    SortedMap<String, SortedMap<String, String>> found = new TreeMap<>();
    ModelLists.read(
        model.records(),
        pattern,
        data,
        slices,
        (name, list) -> {
          profile.add(list);
          name.slices()
              .forEach(
                  (feature, value) ->
                      found
                          .computeIfAbsent(feature, key -> new TreeMap<>())
                          .put(name.place(), value));
        });
    for (String feature : slices) {
      if (!found.containsKey(feature)) {
        throw new IllegalArgumentException(
            "no list of %s has one text or whole number as its context feature '%s'"
                .formatted(pattern, feature));
      }
    }
    return new QueryFacts(profile.build(), Collections.unmodifiableSortedMap(found));
  }
}
