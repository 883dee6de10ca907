package io.rankline.feature.transform;

import com.typesafe.config.Config;
import io.rankline.feature.SpecException;
import io.rankline.text.Family;
import io.rankline.text.FaultsException;
import io.rankline.text.Hocon;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The text form of transforms: HOCON, which includes JSON.
 *
 * <pre>{@code
 * "custom_features_{1..136}" = log1p
 * price    = [log1p, { clip { min = -5, max = 5 } }, z_score]
 * pages    = { log1p { cutoff = 30 } }
 * age      = { bucketize { boundaries = [1, 7, 30], output = one_hot } }
 * category = { one_hot { depth = 12 } }
 * rating   = [{ min_max { min = [1], max = [5] } }]
 * reviews  = [z_score, missing]
 * weight   = [{ piecewise_linear { bins = 8 } }]
 * length   = quantile_normal
 * stock    = [log1p, { query_rank { beside = false } }]
 * colour   = { custom { class = com.example.Hue, options { steps = "6" } } }
 * }</pre>
 *
 * <p>A feature has one transform or a list of them. {@code z_score}, {@code min_max}, {@code
 * quantile_normal} and {@code piecewise_linear} without numbers are to be fitted; with {@code mean}
 * and {@code deviation}, or {@code min} and {@code max}, one number a column, they are fitted.
 * {@code output} is {@code one_hot} (the default) or {@code index}. {@code query_z_score}, {@code
 * query_min_max} and {@code query_rank} add to a value how it stands to the other items of its
 * list, or take its place. A name with {@code {a..b}} stands for one feature a number.
 */
public final class TransformText {

  static final String CUSTOM = "custom";

  /** The transforms but for {@link CustomTransform}s. */
  static final Family<Transform> MEMBERS =
      Family.of(Transform.class)
          .with("log1p", Log1p.class)
          .with("clip", Clip.class)
          .with("bucketize", Bucketize.class)
          .with("one_hot", OneHot.class)
          .with(ZScore.NAME, ZScore.class)
          .with(MinMax.NAME, MinMax.class)
          .with(QuantileNormal.NAME, QuantileNormal.class)
          .with(PiecewiseLinear.NAME, PiecewiseLinear.class)
          .with("missing", MissingIndicator.class)
          .with("query_z_score", QueryZScore.class)
          .with("query_min_max", QueryMinMax.class)
          .with("query_rank", QueryRank.class);

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
      return of(Hocon.parse(text, origin).toConfig());
    } catch (SpecException e) {
      throw e;
    } catch (FaultsException e) {
      throw SpecException.of(e);
    }
  }

  /**
   * The transforms that a section of a configuration describes, by feature name.
   *
   * @throws SpecException as {@link #parse}
   */
  public static SortedMap<String, TransformChain> of(Config section) {
    return new TransformReader(section.root()).read();
  }

  /** What each transform has in text, by its name. */
  public static SortedMap<String, List<OptionSpec>> options() {
    SortedMap<String, List<OptionSpec>> options = new TreeMap<>();
    MEMBERS.names().forEach(name -> options.put(name, MEMBERS.codec(name).options()));
    options.put(CUSTOM, RecordCodec.of(CustomText.class).options());
    return options;
  }

  /** The transforms as one line of JSON, which {@link #parse} reads back to equal ones. */
  public static String render(Map<String, TransformChain> transforms) {
    return Hocon.render(describe(transforms));
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
    if (transform instanceof CustomTransform custom) {
      return Map.of(CUSTOM, RecordCodec.write(CustomText.of(custom)));
    }
    String name = MEMBERS.nameOf(transform);
    boolean isBare =
        transform.equals(Transform.Z_SCORE)
            || transform.equals(Transform.MIN_MAX)
            || transform.equals(Transform.QUANTILE_NORMAL)
            || transform.equals(Transform.LOG1P);
    return isBare ? name : Map.of(name, RecordCodec.write((Record) transform));
  }
}
