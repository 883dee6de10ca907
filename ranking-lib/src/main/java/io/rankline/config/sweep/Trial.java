package io.rankline.config.sweep;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * One run of a sweep.
 *
 * @param number from 1, in the order of the sweep
 * @param values HOCON of each key, in the order of the parameters
 * @param label values by short names, for people
 * @param folder name of the run's folder
 * @param overrides of the run, as {@code RunConfig} takes them
 */
public record Trial(
    int number, Map<String, String> values, String label, String folder, List<String> overrides) {

  private static final int LONGEST_NAME = 80;

  public Trial {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    overrides = List.copyOf(overrides);
  }

  /** A run that has those values and nothing else. */
  public Trial(int number, Map<String, String> values, String label, String folder) {
    this(number, values, label, folder, overrides(values));
  }

  /**
   * A run whose folder has the values in its name, as far as they go, and eight digits that tell
   * them from all others. It does not depend on the other runs of the sweep.
   */
  public Trial(int number, Map<String, String> values, String label) {
    this(number, values, label, folder(values, label));
  }

  private static List<String> overrides(Map<String, String> values) {
    List<String> overrides = new ArrayList<>();
    values.forEach((key, value) -> overrides.add(key + "=" + value));
    return overrides;
  }

  private static String folder(Map<String, String> values, String label) {
    CRC32 digest = new CRC32();
    digest.update(String.join("\n", overrides(values)).getBytes(StandardCharsets.UTF_8));
    String readable = label.replaceAll("[^A-Za-z0-9._=+-]+", "-").replaceAll("-+$", "");
    return "%s-%08x"
        .formatted(
            readable.substring(0, Math.min(LONGEST_NAME, readable.length())), digest.getValue());
  }
}
