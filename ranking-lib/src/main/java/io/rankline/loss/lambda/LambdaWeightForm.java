package io.rankline.loss.lambda;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.data.Gain;
import io.rankline.data.RankDiscount;
import io.rankline.text.Family;
import io.rankline.text.Form;
import io.rankline.text.KnownNames;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A lambda weight as a parameter of a loss: {@code none}, a kind, or an object of a kind and what
 * differs from its defaults.
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
public final class LambdaWeightForm implements Form<LambdaWeight> {

  private static final Family<LambdaWeight> KINDS =
      Family.of(LambdaWeight.class)
          .with(
              "dcg",
              RecordCodec.of(DcgLambdaWeight.class)
                  .with(Map.of("gain", Gain.IDENTITY, "discount", RankDiscount.RECIPROCAL)))
          .with("ndcg", RecordCodec.of(DcgLambdaWeight.class).with(Map.of("normalized", true)))
          .with("dcg_v2", DcgV2LambdaWeight.class)
          .with("ndcg_v2", RecordCodec.of(DcgV2LambdaWeight.class).with(Map.of("normalized", true)))
          .with("yeti_dcg", YetiDcgLambdaWeight.class)
          .with("label_diff", LabelDiffLambdaWeight.class)
          .with("precision", PrecisionLambdaWeight.class)
          .with("list_mle", ListMleLambdaWeight.class)
          .with("rank_net", ofScheme(LambdaLossScheme.RANK_NET))
          .with("lambda_rank", ofScheme(LambdaLossScheme.LAMBDA_RANK))
          .with("ndcg_loss1", ofScheme(LambdaLossScheme.NDCG_LOSS1))
          .with("ndcg_loss2", ofScheme(LambdaLossScheme.NDCG_LOSS2))
          .with("ndcg_loss2pp", ofScheme(LambdaLossScheme.NDCG_LOSS2PP));

  /** The kinds of lambda weights by name, each with its options. */
  public static Family<LambdaWeight> kinds() {
    return KINDS;
  }

  @Override
  public @Nullable LambdaWeight read(Section parent, String key, ConfigValue value) {
    Section section =
        value instanceof ConfigObject ? parent.below(key, value) : parent.empty(key, value);
    if (section == null) {
      return null;
    }
    String kind =
        value instanceof ConfigObject
            ? section.text("kind", "")
            : String.valueOf(value.unwrapped());
    if (!KINDS.names().contains(kind)) {
      parent.fault(
          key,
          "has unknown kind '%s'; expected one of %s"
              .formatted(kind, String.join(", ", KnownNames.nearestFirst(kind, KINDS.names()))));
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
   * A kind and its options.
   *
   * @throws IllegalArgumentException for a gain or discount of your own with parameters
   */
  @Override
  public Map<String, Object> write(LambdaWeight weight) {
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("kind", weight.kind());
    if (weight instanceof ListMleLambdaWeight listMle
        && listMle.discount() instanceof PositionAwareDiscount aware) {
      text.put("list_size", aware.listSize());
      return text;
    }
    text.putAll(RecordCodec.write((Record) weight));
    return text;
  }

  @Override
  public String none() {
    return "none";
  }

  @Override
  public String words() {
    return "a LambdaWeight or null";
  }

  private static @Nullable LambdaWeight read(Section section, String kind) {
    if (kind.equals("list_mle") && section.has("list_size")) {
      return ListMleLambdaWeight.positionAware(section.whole("list_size", 1));
    }
    return KINDS.read(section, kind);
  }

  private static RecordCodec<LambdaLossWeight> ofScheme(LambdaLossScheme scheme) {
    return RecordCodec.of(LambdaLossWeight.class).with(Map.of("scheme", scheme));
  }
}
