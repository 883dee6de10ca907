package io.rankline.spark.source.schema;

import io.rankline.feature.DType;
import io.rankline.io.proto.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has been seen of features in sampled records: their types and numbers of values.
 *
 * <p>A feature that never has more than one value becomes a single value, null where a record lacks
 * it; any other becomes a ragged one. A feature of two types is an error.
 */
final class FeatureSurvey {

  private final TreeMap<String, Seen> context = new TreeMap<>();
  private final TreeMap<String, Seen> examples = new TreeMap<>();

  /**
   * Takes a record into account.
   *
   * @param place of the record, for messages
   * @throws IllegalArgumentException for a feature that was of another type before
   */
  void add(SampledRecord record, String place) {
    record.context().forEach((name, feature) -> add(context, "context", name, feature, place));
    for (Map<String, Feature> item : record.items()) {
      item.forEach((name, feature) -> add(examples, "example", name, feature, place));
    }
  }

  /** The features seen; which of them is the label is not known. */
  RecordFeatures features() {
    return new RecordFeatures(features(context), features(examples), null);
  }

  private static void add(
      Map<String, Seen> features, String scope, String name, Feature feature, String place) {
    DType dtype = dtypeOf(feature);
    if (dtype == null) {
      return;
    }
    int count = countOf(feature);
    Seen before = features.get(name);
    if (before == null) {
      features.put(name, new Seen(dtype, count, place));
    } else if (before.dtype != dtype) {
      throw new IllegalArgumentException(
          ("%s feature '%s' holds %s in %s and %s in %s; "
                  + "give a spec that leaves it out, or mend the files")
              .formatted(
                  scope, name, before.dtype.wireName(), before.place, dtype.wireName(), place));
    } else if (count > before.mostValues) {
      features.put(name, new Seen(dtype, count, before.place));
    }
  }

  private static List<SourceFeature> features(SortedMap<String, Seen> seen) {
    List<SourceFeature> features = new ArrayList<>();
    seen.forEach(
        (name, feature) ->
            features.add(
                feature.mostValues == 1
                    ? SourceFeature.optionalScalar(name, feature.dtype)
                    : SourceFeature.ragged(name, feature.dtype)));
    return features;
  }

  private static @Nullable DType dtypeOf(Feature feature) {
    return switch (feature.getKindCase()) {
      case FLOAT_LIST -> DType.FLOAT32;
      case INT64_LIST -> DType.INT64;
      case BYTES_LIST -> DType.STRING;
      case KIND_NOT_SET -> null;
    };
  }

  private static int countOf(Feature feature) {
    return switch (feature.getKindCase()) {
      case FLOAT_LIST -> feature.getFloatList().getValueCount();
      case INT64_LIST -> feature.getInt64List().getValueCount();
      case BYTES_LIST -> feature.getBytesList().getValueCount();
      case KIND_NOT_SET -> 0;
    };
  }

  private record Seen(DType dtype, int mostValues, String place) {}
}
