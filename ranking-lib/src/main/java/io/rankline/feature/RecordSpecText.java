package io.rankline.feature;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import io.rankline.data.WeightLayout;
import io.rankline.text.FaultsException;
import io.rankline.text.Hocon;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The text form of a {@link RecordSpec}: HOCON, which includes JSON.
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
      return of(Hocon.parse(text, origin).toConfig());
    } catch (SpecException e) {
      throw e;
    } catch (FaultsException e) {
      throw SpecException.of(e);
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
    return new SpecReader(root).read();
  }

  /** What each feature has in text. */
  public static List<OptionSpec> options() {
    return RecordCodec.of(FeatureText.class).options();
  }

  /** The spec as one line of JSON, which {@link #parse} reads back to an equal spec. */
  public static String render(RecordSpec spec) {
    return Hocon.render(describe(spec));
  }

  /** The spec as JSON over many lines. */
  public static String renderFormatted(RecordSpec spec) {
    return Hocon.renderFormatted(describe(spec));
  }

  /** The spec as maps, lists, numbers and texts, for a document that holds it. */
  public static Map<String, Object> describe(RecordSpec spec) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("context", describe(spec.context()));
    root.put("example", describe(spec.examples()));
    if (!spec.labels().isEmpty()) {
      root.put(
          "label",
          spec.labels().stream().map(label -> named(label.name(), label.feature())).toList());
    }
    WeightSpec weight = spec.weight();
    if (weight != null) {
      Map<String, Object> described = named(weight.name(), weight.feature());
      described.put("scope", weight.scope() == WeightLayout.PER_ITEM ? "item" : "list");
      root.put("weight", described);
    }
    return root;
  }

  private static Map<String, Object> describe(Map<String, FeatureSpec> features) {
    Map<String, Object> described = new LinkedHashMap<>();
    features.forEach(
        (name, feature) -> described.put(name, RecordCodec.write(FeatureText.of(feature))));
    return described;
  }

  private static Map<String, Object> named(String name, FeatureSpec feature) {
    Map<String, Object> described = RecordCodec.write(FeatureText.of(feature));
    described.put("name", name);
    return described;
  }
}
