package io.rankline.feature.transform;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.feature.SpecException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The text form of transforms: HOCON, of which JSON is a part.
 *
 * <pre>{@code
 * "custom_features_{1..136}" = log1p
 * price    = [log1p, { clip { min = -5, max = 5 } }, z_score]
 * pages    = { log1p { cutoff = 30 } }
 * age      = { bucketize { boundaries = [1, 7, 30], output = one_hot } }
 * category = { one_hot { depth = 12 } }
 * rating   = [{ min_max { min = [1], max = [5] } }]
 * colour   = { custom { class = com.example.Hue, options { steps = "6" } } }
 * }</pre>
 *
 * <p>A feature has one transform or a list of them. {@code z_score} and {@code min_max} without
 * numbers are to be fitted; with {@code mean} and {@code deviation}, or {@code min} and {@code
 * max}, one number a column, they are fitted. {@code output} is {@code one_hot} (the default) or
 * {@code index}. A name with {@code {a..b}} stands for one feature a number.
 */
public final class TransformText {

  private TransformText() {}

  /**
   * The transforms that a text describes, by feature name.
   *
   * @param origin where the text comes from, for messages
   * @throws SpecException for text that is no HOCON, or says something impossible; all faults at
   *     once
   */
  public static SortedMap<String, TransformChain> parse(String text, String origin) {
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
   * The transforms that a section of a configuration describes, by feature name.
   *
   * @throws SpecException as {@link #parse}
   */
  public static SortedMap<String, TransformChain> of(Config section) {
    return new TransformReader().read(section.root());
  }

  /** The transforms as one line of JSON, which {@link #parse} reads back to equal ones. */
  public static String render(Map<String, TransformChain> transforms) {
    return ConfigValueFactory.fromMap(describe(transforms)).render(ConfigRenderOptions.concise());
  }

  /** The transforms as maps, lists, numbers and strings, for a document that holds them. */
  public static SortedMap<String, Object> describe(Map<String, TransformChain> transforms) {
    SortedMap<String, Object> result = new TreeMap<>();
    transforms.forEach(
        (name, chain) ->
            result.put(name, chain.transforms().stream().map(TransformText::describe).toList()));
    return result;
  }

  private static Object describe(Transform transform) {
    if (transform instanceof Log1p log1p) {
      return Float.isInfinite(log1p.cutoff())
          ? TransformReader.LOG1P
          : Map.of(TransformReader.LOG1P, Map.of("cutoff", plain(log1p.cutoff())));
    }
    if (transform instanceof Clip clip) {
      Map<String, Object> ends = new LinkedHashMap<>();
      ends.put("min", plain(clip.min()));
      ends.put("max", plain(clip.max()));
      return Map.of(TransformReader.CLIP, ends);
    }
    if (transform instanceof Bucketize bucketize) {
      return Map.of(
          TransformReader.BUCKETIZE,
          Map.of(
              "boundaries",
              plain(bucketize.boundaries()),
              "output",
              bucketize.output() == Bucketize.Output.INDEX ? "index" : "one_hot"));
    }
    if (transform instanceof OneHot oneHot) {
      return Map.of(TransformReader.ONE_HOT, Map.of("depth", oneHot.depth()));
    }
    if (!transform.isFitted()) {
      return transform instanceof ZScore ? ZScore.NAME : MinMax.NAME;
    }
    if (transform instanceof ZScore zScore) {
      return Map.of(
          ZScore.NAME,
          Map.of("mean", plain(zScore.means()), "deviation", plain(zScore.deviations())));
    }
    if (transform instanceof MinMax minMax) {
      return Map.of(
          MinMax.NAME, Map.of("min", plain(minMax.minima()), "max", plain(minMax.maxima())));
    }
    CustomTransform custom = (CustomTransform) transform;
    return Map.of(
        TransformReader.CUSTOM,
        Map.of("class", custom.getClass().getName(), "options", Map.copyOf(custom.options())));
  }

  private static List<Object> plain(List<Float> numbers) {
    return new ArrayList<>(numbers.stream().map(TransformText::plain).toList());
  }

  /** JSON has no infinity, and a float's shortest decimal is the one that reads back to it. */
  private static Object plain(float number) {
    String shortest = Float.toString(number);
    return Float.isFinite(number) ? (Object) Double.valueOf(shortest) : shortest;
  }
}
