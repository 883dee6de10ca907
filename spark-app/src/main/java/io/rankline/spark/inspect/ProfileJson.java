package io.rankline.spark.inspect;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** A {@link FilesProfile} as JSON, for other programs. */
public final class ProfileJson {

  private static final double[] QUANTILES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

  private ProfileJson() {}

  public static String of(FilesProfile profile) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("lists", profile.lists());
    root.put("items", profile.items());
    root.put("corrupt_records", profile.corruptRecords());
    root.put("lost_share", profile.lostShare());
    Map<String, Object> sizes = new LinkedHashMap<>();
    profile.listSizes().forEach((size, count) -> sizes.put(String.valueOf(size), count));
    root.put("list_sizes", sizes);
    root.put("context", features(profile.context()));
    root.put("example", features(profile.examples()));
    return ConfigValueFactory.fromMap(root).render(ConfigRenderOptions.concise().setFormatted(true))
        + "\n";
  }

  private static Map<String, Object> features(SortedMap<String, FeatureProfile> features) {
    Map<String, Object> all = new LinkedHashMap<>();
    features.forEach((name, feature) -> all.put(name, describe(feature)));
    return all;
  }

  private static Map<String, Object> describe(FeatureProfile feature) {
    Map<String, Object> result = new LinkedHashMap<>();
    Map<String, Object> present = new LinkedHashMap<>();
    feature.presentByType().forEach((dtype, count) -> present.put(dtype.wireName(), count));
    result.put("present", present);
    result.put("min_values", feature.minCount());
    result.put("max_values", feature.maxCount());
    result.put("values", feature.values());
    if (feature.notANumber() > 0) {
      result.put("nan", feature.notANumber());
    }
    if (feature.hasNumbers()) {
      result.put("min", number(feature.min()));
      result.put("mean", number(feature.mean()));
      result.put("max", number(feature.max()));
      Map<String, Object> quantiles = new LinkedHashMap<>();
      for (double share : QUANTILES) {
        quantiles.put(String.valueOf(share), number(feature.quantile(share)));
      }
      result.put("quantiles", quantiles);
    }
    if (feature.distinctStrings() > 0) {
      result.put("distinct_estimate", feature.distinctStrings());
    }
    if (!feature.histogram().isEmpty()) {
      Map<String, Object> histogram = new LinkedHashMap<>();
      feature.histogram().forEach((value, count) -> histogram.put(String.valueOf(value), count));
      result.put("histogram", histogram);
    }
    return result;
  }

  /** JSON has no infinity. */
  private static Object number(double value) {
    return Double.isFinite(value) ? (Object) value : String.valueOf(value);
  }
}
