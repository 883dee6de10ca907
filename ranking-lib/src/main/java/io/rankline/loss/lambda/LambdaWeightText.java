package io.rankline.loss.lambda;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import io.rankline.text.KnownNames;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text form of lambda weights: a kind, or an object of a kind and what differs from its
 * defaults.
 *
 * <pre>
 *   ndcg
 *   {kind = ndcg, topn = 10, gain = exponential, discount = inverse_log2, smooth_fraction = 0}
 *   {kind = ndcg_v2, topn = 10}                  also dcg, dcg_v2, yeti_dcg (with normalized)
 *   {kind = precision, topn = 5, relevant_from = 1}
 *   {kind = list_mle, discount = inverse_log2}   or list_size = 100 for position-aware ListMLE
 *   {kind = ndcg_loss2pp, mu = 10, topn = 10}    also rank_net, lambda_rank, ndcg_loss1, ndcg_loss2
 *   label_diff
 * </pre>
 *
 * <p>Gains are {@code exponential} and {@code identity}, discounts {@code inverse_log2}, {@code
 * inverse_ln} and {@code reciprocal} (or {@code log2} and {@code ln}); those of your own have the
 * name of their class, enums with {@code #CONSTANT} behind it.
 */
public final class LambdaWeightText {

  private static final List<String> KINDS =
      List.of(
          "dcg",
          "ndcg",
          "dcg_v2",
          "ndcg_v2",
          "yeti_dcg",
          "label_diff",
          "precision",
          "list_mle",
          "rank_net",
          "lambda_rank",
          "ndcg_loss1",
          "ndcg_loss2",
          "ndcg_loss2pp");

  private LambdaWeightText() {}

  /**
   * The weight at a key of a section; null, and a fault of the section, where it says something
   * impossible.
   */
  public static @Nullable LambdaWeight read(Section parent, String key, ConfigValue value) {
    Section section =
        value instanceof ConfigObject
            ? parent.below(key, value)
            : Section.parse("{}", value.origin().description());
    if (section == null) {
      return null;
    }
    String kind =
        value instanceof ConfigObject
            ? section.text("kind", "")
            : String.valueOf(value.unwrapped());
    if (!KINDS.contains(kind)) {
      parent.fault(
          key,
          "has unknown kind '%s'; expected one of %s"
              .formatted(kind, String.join(", ", KnownNames.nearestFirst(kind, KINDS))));
      return null;
    }
    try {
      LambdaWeight weight = read(section, kind);
      section.rejectUnknownKeys();
      return weight;
    } catch (IllegalArgumentException e) {
      parent.fault(key, "of kind " + kind + ": " + e.getMessage());
      return null;
    }
  }

  /**
   * What {@link #read} reads back to an equal weight.
   *
   * @throws IllegalArgumentException for a gain or discount of your own with parameters
   */
  public static Map<String, Object> describe(LambdaWeight weight) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("kind", weight.kind());
    if (weight instanceof ListMleLambdaWeight listMle
        && listMle.discount() instanceof PositionAwareDiscount aware) {
      text.put("list_size", aware.listSize());
      return text;
    }
    text.putAll(RecordCodec.write((Record) weight));
    text.remove("topn", LambdaWeight.ALL_RANKS);
    return text;
  }

  private static @Nullable LambdaWeight read(Section section, String kind) {
    return switch (kind) {
      case "dcg" ->
          read(
              section,
              DcgLambdaWeight.class,
              Map.of(
                  "gain", Gain.IDENTITY, "discount", RankDiscount.RECIPROCAL, "normalized", false));
      case "ndcg" -> read(section, DcgLambdaWeight.class, Map.of("normalized", true));
      case "dcg_v2" -> read(section, DcgV2LambdaWeight.class, Map.of("normalized", false));
      case "ndcg_v2" -> read(section, DcgV2LambdaWeight.class, Map.of("normalized", true));
      case "yeti_dcg" -> read(section, YetiDcgLambdaWeight.class, Map.of());
      case "label_diff" -> new LabelDiffLambdaWeight();
      case "precision" -> {
        if (!section.has("topn")) {
          section.value("relevant_from");
          section.fault("topn", "is missing; it is the cut-off of precision");
          yield null;
        }
        yield read(section, PrecisionLambdaWeight.class, Map.of());
      }
      case "list_mle" ->
          section.has("list_size")
              ? ListMleLambdaWeight.positionAware(section.whole("list_size", 1))
              : read(section, ListMleLambdaWeight.class, Map.of());
      default ->
          read(
              section,
              LambdaLossWeight.class,
              Map.of("scheme", LambdaLossScheme.valueOf(kind.toUpperCase(Locale.ROOT))));
    };
  }

  /** Reads the options of a record; those that the kind decides do not stand in text. */
  private static <R extends Record & LambdaWeight> @Nullable R read(
      Section section, Class<R> type, Map<String, Object> ofKind) {
    RecordCodec<R> codec = RecordCodec.of(type);
    return codec.read(
        section,
        said -> {
          Map<String, @Nullable Object> values = new HashMap<>(ofKind);
          values.putAll(said);
          return codec.create(values);
        });
  }
}
