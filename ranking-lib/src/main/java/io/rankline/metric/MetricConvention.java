package io.rankline.metric;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The metrics that somebody else has, and the parameters that are always so there.
 *
 * @param name of whoever has them, for messages
 * @param fixed parameters by name, {@code topn} among them, of each metric there is
 */
public record MetricConvention(String name, Map<MetricKey, Map<String, String>> fixed) {

  public MetricConvention {
    EnumMap<MetricKey, Map<String, String>> copy = new EnumMap<>(MetricKey.class);
    copy.putAll(fixed);
    fixed = copy;
  }

  /**
   * A convention in text.
   *
   * @param metrics a key and its fixed parameters each, as {@code map(denominator=cut)}
   */
  public static MetricConvention of(String name, String... metrics) {
    Map<MetricKey, Map<String, String>> fixed = new EnumMap<>(MetricKey.class);
    for (String metric : metrics) {
      String[] parts = metric.split("[(),=]", -1);
      Map<String, String> parameters = new LinkedHashMap<>();
      for (int i = 1; i + 1 < parts.length; i += 2) {
        parameters.put(parts[i], parts[i + 1]);
      }
      fixed.put(MetricKey.ofWireName(parts[0]), parameters);
    }
    return new MetricConvention(name, fixed);
  }

  /** Whether there is such a metric. */
  public boolean has(MetricKey key) {
    return fixed.containsKey(key);
  }

  /**
   * The fixed parameters of a metric.
   *
   * @throws IllegalArgumentException if there is no such metric, naming those there are
   */
  Map<String, String> parameters(MetricKey key) {
    Map<String, String> parameters = fixed.get(key);
    if (parameters == null) {
      throw new IllegalArgumentException(
          "%s has no %s; it has %s"
              .formatted(
                  name,
                  key.wireName(),
                  Arrays.stream(MetricKey.values())
                      .filter(this::has)
                      .map(MetricKey::wireName)
                      .collect(Collectors.joining(", "))));
    }
    return parameters;
  }
}
