package io.rankline.pipeline.dataset;

import io.rankline.feature.FeatureSpec;
import io.rankline.feature.RecordSpec;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is read for two models at once. */
final class JoinedFeatures {

  private JoinedFeatures() {}

  /**
   * The features of both, with labels and weight of the first.
   *
   * @param other features alone
   * @param name of the model that reads the others, for messages: {@code the teacher of /models/a}
   * @throws IOException if both read one feature in two ways
   */
  static RecordSpec of(RecordSpec own, RecordSpec other, String name) throws IOException {
    return new RecordSpec(
        joined("context", own.context(), other.context(), name),
        joined("item", own.examples(), other.examples(), name),
        own.labels(),
        own.weight());
  }

  private static SortedMap<String, FeatureSpec> joined(
      String side,
      Map<String, ? extends FeatureSpec> own,
      SortedMap<String, FeatureSpec> others,
      String name)
      throws IOException {
    SortedMap<String, FeatureSpec> all = new TreeMap<>(others);
    for (Map.Entry<String, ? extends FeatureSpec> each : own.entrySet()) {
      FeatureSpec other = all.put(each.getKey(), each.getValue());
      if (other != null && !other.equals(each.getValue())) {
        throw new IOException(
            "%s reads the %s feature '%s' as %s, this model as %s; make both alike"
                .formatted(name, side, each.getKey(), other, each.getValue()));
      }
    }
    return all;
  }
}
