package io.rankline.serving;

import io.rankline.data.WeightLayout;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.io.example.ExampleWriter;
import io.rankline.io.record.ElwcAssembler;
import io.rankline.text.KnownNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns features by name into ELWC records, so that the rules of records hold for them too:
 * defaults, numbers of values, NaN.
 */
final class RequestMaps {

  private final SortedMap<String, FeatureSpec> context;
  private final SortedMap<String, FeatureSpec> examples;
  private final Set<String> ignoredInContext = new TreeSet<>();
  private final Set<String> ignoredInItems = new TreeSet<>();

  RequestMaps(RecordSpec records) {
    context = records.context();
    examples = records.examples();
    records.labels().stream().map(LabelSpec::name).forEach(ignoredInItems::add);
    WeightSpec weight = records.weight();
    if (weight != null) {
      (weight.scope() == WeightLayout.PER_ITEM ? ignoredInItems : ignoredInContext)
          .add(weight.name());
    }
  }

  byte[] elwc(Map<String, ?> contextValues, List<? extends Map<String, ?>> items) {
    ElwcAssembler record = new ElwcAssembler();
    for (int i = 0; i < items.size(); i++) {
      record.add(example(items.get(i), examples, ignoredInItems, "item %s".formatted(i)));
    }
    return record.build(example(contextValues, context, ignoredInContext, "context"));
  }

  private static ExampleWriter example(
      Map<String, ?> values,
      SortedMap<String, FeatureSpec> features,
      Set<String> ignored,
      String place) {
    ExampleWriter example = new ExampleWriter();
    values.forEach(
        (name, value) -> {
          FeatureSpec feature = features.get(name);
          if (feature != null) {
            write(example, name, feature, value, place);
          } else if (!ignored.contains(name)) {
            throw new IllegalArgumentException(unknown(name, features.keySet(), place));
          }
        });
    return example;
  }

  /** A value that is null is a feature that is missing. */
  private static void write(
      ExampleWriter example,
      String name,
      FeatureSpec feature,
      @Nullable Object value,
      String place) {
    if (value == null) {
      return;
    }
    FeatureValue values = new FeatureValue(value, "%s: feature '%s'".formatted(place, name));
    switch (feature.dtype()) {
      case FLOAT32 -> {
        float[] floats = values.floats();
        example.floats(name, floats, 0, floats.length);
      }
      case INT64 -> {
        long[] longs = values.longs();
        example.longs(name, longs, 0, longs.length);
      }
      case STRING -> example.strings(name, values.strings());
    }
  }

  private static String unknown(String name, Set<String> known, String place) {
    return known.isEmpty()
        ? "%s: unknown feature '%s'; the model reads none there".formatted(place, name)
        : "%s: unknown feature '%s'; did you mean '%s'? Known: %s"
            .formatted(
                place, name, KnownNames.nearestFirst(name, known).get(0), String.join(", ", known));
  }
}
