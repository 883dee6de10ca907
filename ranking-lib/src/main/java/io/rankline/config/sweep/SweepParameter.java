package io.rankline.config.sweep;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of the configuration with the values it takes: some, or those of a range.
 *
 * @param key dotted path, as {@code pipeline.learning_rate}
 * @param values in HOCON; empty for a range
 * @param range to draw from, or null
 */
public record SweepParameter(String key, List<String> values, @Nullable ParameterRange range) {

  public SweepParameter {
    values = List.copyOf(values);
    if (range == null && values.isEmpty()) {
      throw new IllegalArgumentException("%s must have a value, got none".formatted(key));
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException(
          "%s must have each value once, got %s".formatted(key, String.join(",", values)));
    }
  }

  /**
   * The parameter of a text: {@code pipeline.learning_rate=1e-4,3e-4}, {@code
   * model.scorer.hidden_layer_dims=[64,32],[128]}, or a range, {@code
   * pipeline.learning_rate=1e-5..1e-2:log}.
   *
   * @throws IllegalArgumentException for a text of another form
   */
  public static SweepParameter parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || text.substring(equals + 1).isBlank()) {
      throw new IllegalArgumentException(
          "a parameter has the form key=value,value, as pipeline.learning_rate=1e-4,3e-4, or"
              + " key=low..high, got '%s'".formatted(text));
    }
    String key = text.substring(0, equals).strip();
    String values = text.substring(equals + 1).strip();
    try {
      ParameterRange range = ParameterRange.parse(values);
      return new SweepParameter(key, range == null ? split(values) : List.of(), range);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  /**
   * Whether it only repeats a training, on other draws or another part of the data: a {@code seed},
   * a {@code fold} for substitution, or an input of {@code data}.
   */
  public boolean repeats() {
    return key.matches("(.*\\.)?(seed|fold)|data\\.(train|valid|test)_input(_pattern)?");
  }

  /** The last part of the key, where that distinguishes it from others. */
  String shortKey(List<SweepParameter> all) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    long same =
        all.stream()
            .filter(other -> other.key().equals(last) || other.key().endsWith("." + last))
            .count();
    return same > 1 ? key : last;
  }

  /** The elements of a HOCON list; what is no HOCON is cut at its commas. */
  private static List<String> split(String values) {
    List<String> result = new ArrayList<>();
    if (!values.matches("(?s).*[\\[{\"].*")) {
      // Numbers stay as they were written.
      Arrays.stream(values.split(",", -1)).map(String::strip).forEach(result::add);
      return result;
    }
    try {
      for (ConfigValue value : ConfigFactory.parseString("v = [" + values + "]").getList("v")) {
        result.add(
            value.valueType() == ConfigValueType.STRING
                ? String.valueOf(value.unwrapped())
                : value.render(ConfigRenderOptions.concise()));
      }
    } catch (ConfigException e) {
      Arrays.stream(values.split(",", -1)).map(String::strip).forEach(result::add);
    }
    return result;
  }
}
