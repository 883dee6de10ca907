package io.rankline.loss.lambda;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.data.Gain;
import io.rankline.data.NamedFunctions;
import io.rankline.data.RankDiscount;
import io.rankline.text.KnownNames;
import io.rankline.text.Section;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** The value of the paper. */
  private static final double DEFAULT_MU = 10;

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
      LambdaWeight weight = create(section, kind);
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
    if (weight instanceof DcgLambdaWeight dcg) {
      putTopn(text, dcg.topn());
      text.put("gain", NamedFunctions.GAINS.nameOf(dcg.gain()));
      text.put("discount", NamedFunctions.DISCOUNTS.nameOf(dcg.discount()));
      text.put("smooth_fraction", dcg.smoothFraction());
    } else if (weight instanceof DcgV2LambdaWeight dcg) {
      putTopn(text, dcg.topn());
      text.put("gain", NamedFunctions.GAINS.nameOf(dcg.gain()));
      text.put("discount", NamedFunctions.DISCOUNTS.nameOf(dcg.discount()));
    } else if (weight instanceof YetiDcgLambdaWeight dcg) {
      putTopn(text, dcg.topn());
      text.put("gain", NamedFunctions.GAINS.nameOf(dcg.gain()));
      text.put("discount", NamedFunctions.DISCOUNTS.nameOf(dcg.discount()));
      text.put("normalized", dcg.normalized());
    } else if (weight instanceof PrecisionLambdaWeight precision) {
      text.put("topn", precision.topn());
      text.put("relevant_from", precision.relevantFrom());
    } else if (weight instanceof ListMleLambdaWeight listMle) {
      if (listMle.discount() instanceof PositionAwareDiscount aware) {
        text.put("list_size", aware.listSize());
      } else {
        text.put("discount", NamedFunctions.DISCOUNTS.nameOf(listMle.discount()));
      }
    } else if (weight instanceof LambdaLossWeight scheme) {
      putTopn(text, scheme.topn());
      text.put("mu", scheme.mu());
    }
    return text;
  }

  private static void putTopn(Map<String, Object> text, int topn) {
    if (topn != LambdaWeight.ALL_RANKS) {
      text.put("topn", topn);
    }
  }

  private static LambdaWeight create(Section section, String kind) {
    return switch (kind) {
      case "dcg", "ndcg" -> {
        DcgLambdaWeight standard =
            kind.equals("dcg") ? DcgLambdaWeight.dcg() : DcgLambdaWeight.ndcg();
        yield new DcgLambdaWeight(
            topn(section),
            gain(section, standard.gain()),
            discount(section, standard.discount()),
            standard.normalized(),
            section.real("smooth_fraction", standard.smoothFraction()));
      }
      case "dcg_v2", "ndcg_v2" ->
          new DcgV2LambdaWeight(
              topn(section),
              gain(section, Gain.EXPONENTIAL),
              discount(section, RankDiscount.INVERSE_LOG2),
              kind.equals("ndcg_v2"));
      case "yeti_dcg" ->
          new YetiDcgLambdaWeight(
              topn(section),
              gain(section, YetiDcgLambdaWeight.DEFAULT.gain()),
              discount(section, YetiDcgLambdaWeight.DEFAULT.discount()),
              section.flag("normalized", YetiDcgLambdaWeight.DEFAULT.normalized()));
      case "label_diff" -> new LabelDiffLambdaWeight();
      case "precision" -> {
        if (!section.has("topn")) {
          section.fault("topn", "is missing; it is the cut-off of precision");
        }
        yield new PrecisionLambdaWeight(
            topn(section),
            section.real("relevant_from", PrecisionLambdaWeight.DEFAULT_RELEVANT_FROM));
      }
      case "list_mle" ->
          section.has("list_size")
              ? ListMleLambdaWeight.positionAware(section.whole("list_size", 1))
              : new ListMleLambdaWeight(discount(section, RankDiscount.INVERSE_LOG2));
      default -> new LambdaLossWeight(scheme(kind), section.real("mu", DEFAULT_MU), topn(section));
    };
  }

  private static int topn(Section section) {
    return section.whole("topn", LambdaWeight.ALL_RANKS);
  }

  private static Gain gain(Section section, Gain otherwise) {
    return section.has("gain")
        ? NamedFunctions.GAINS.read(section.text("gain", "exponential"))
        : otherwise;
  }

  private static RankDiscount discount(Section section, RankDiscount otherwise) {
    return section.has("discount")
        ? NamedFunctions.DISCOUNTS.read(section.text("discount", "inverse_log2"))
        : otherwise;
  }

  private static LambdaLossScheme scheme(String kind) {
    return Arrays.stream(LambdaLossScheme.values())
        .filter(scheme -> scheme.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
