package io.rankline.feature;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.data.WeightLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text form of a {@link RecordSpec}: HOCON, of which JSON is a part.
 *
 * <pre>{@code
 * context {
 *   query_tokens { kind = var_len, dtype = string }
 * }
 * example {
 *   "custom_features_{1..136}" { dtype = float32, shape = [1], default = 0 }
 * }
 * label  { name = utility, dtype = int64, default = -1 }
 * weight { name = click_weight, dtype = float32, default = 1, scope = item }
 * }</pre>
 *
 * <p>{@code kind} is {@code fixed_len} (the default), {@code var_len} or {@code ragged}; {@code
 * shape} defaults to [1]; without {@code default} a record must hold the feature. A default is one
 * value, or a list of as many as the shape asks for; {@code "NaN"} keeps missing floats visible. A
 * name with {@code {a..b}} stands for one feature a number. {@code label} may be a list, one entry
 * a task. All of it may stand in one section named {@code features}.
 */
public final class RecordSpecText {

  private static final String SECTION = "features";

  private RecordSpecText() {}

  /**
   * The spec that a text describes.
   *
   * @param origin where the text comes from, for messages
   * @throws SpecException for text that is no HOCON, or says something impossible; all faults at
   *     once
   */
  public static RecordSpec parse(String text, String origin) {
    try {
      return of(
          ConfigFactory.parseString(
                  text, ConfigParseOptions.defaults().setOriginDescription(origin))
              .resolve());
    } catch (ConfigException e) {
      throw new SpecException(
          List.of(e.getMessage() == null ? origin + ": cannot be read" : e.getMessage()), e);
    }
  }

  /**
   * The spec that a section of a configuration describes.
   *
   * @throws SpecException as {@link #parse}
   */
  public static RecordSpec of(Config config) {
    ConfigObject root = config.root();
    if (root.size() == 1 && root.get(SECTION) instanceof ConfigObject section) {
      root = section;
    }
    return new SpecReader().read(root);
  }

  /** The spec as one line of JSON, which {@link #parse} reads back to an equal spec. */
  public static String render(RecordSpec spec) {
    return render(spec, ConfigRenderOptions.concise());
  }

  /** The spec as JSON over many lines. */
  public static String renderFormatted(RecordSpec spec) {
    return render(
        spec,
        ConfigRenderOptions.defaults().setOriginComments(false).setComments(false).setJson(true));
  }

  private static String render(RecordSpec spec, ConfigRenderOptions options) {
    Map<String, Object> root = new LinkedHashMap<>();
    Map<String, Object> context = new LinkedHashMap<>();
    Map<String, Object> examples = new LinkedHashMap<>();
    spec.context().forEach((name, feature) -> context.put(name, describe(feature)));
    spec.examples().forEach((name, feature) -> examples.put(name, describe(feature)));
    root.put("context", context);
    root.put("example", examples);
    if (!spec.labels().isEmpty()) {
      List<Object> labels = new ArrayList<>();
      spec.labels().forEach(label -> labels.add(named(label.name(), label.feature())));
      root.put("label", labels);
    }
    WeightSpec weight = spec.weight();
    if (weight != null) {
      Map<String, Object> described = named(weight.name(), weight.feature());
      described.put("scope", weight.scope() == WeightLayout.PER_ITEM ? "item" : "list");
      root.put("weight", described);
    }
    return ConfigValueFactory.fromMap(root).render(options);
  }

  private static Map<String, Object> named(String name, FeatureSpec feature) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("name", name);
    result.putAll(describe(feature));
    return result;
  }

  private static Map<String, Object> describe(FeatureSpec feature) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("kind", SpecReader.kindOf(feature));
    result.put("dtype", feature.dtype().wireName());
    if (feature instanceof FixedLenFeature fixed) {
      result.put("shape", fixed.shape());
      if (fixed.hasDefault()) {
        List<Object> values = new ArrayList<>();
        fixed.defaultValues().forEach(value -> values.add(plain(value)));
        boolean same = values.stream().distinct().count() == 1;
        result.put("default", same ? values.get(0) : values);
      }
    }
    return result;
  }

  /** JSON has no NaN, and a float's shortest decimal is the one that reads back to it. */
  private static Object plain(Object value) {
    if (value instanceof Float number) {
      return Float.isFinite(number)
          ? (Object) Double.valueOf(number.toString())
          : number.toString();
    }
    return value;
  }
}
