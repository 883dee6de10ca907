package io.rankline.loss;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.data.TieOrder;
import io.rankline.loss.form.CustomLoss;
import io.rankline.loss.form.RankingLoss;
import io.rankline.text.Hocon;
import io.rankline.text.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a {@link LossObjective}: names with weights, or HOCON with every parameter.
 *
 * <pre>{@code
 * softmax_loss
 * softmax_loss:0.3,approx_ndcg_loss:0.7
 * {name = approx_ndcg_loss, temperature = 0.05, reduction = mean}
 * {
 *   losses = [
 *     {name = pairwise_logistic_loss, weight = 0.3, lambda_weight = {kind = ndcg, topn = 10}}
 *     {name = ipw_softmax_loss, weight = 0.7, position_bias = [1, 0.6, 0.4]}
 *     {class = com.acme.MyLoss}
 *   ]
 *   reduction = auto
 *   tie_seed = 42
 * }
 * }</pre>
 *
 * <p>{@link io.rankline.loss.lambda.LambdaWeightForm} has the form of {@code lambda_weight}; {@code
 * none} switches off a weight that a loss has by default. {@code position_bias} may be {@code
 * {power = 1, positions = 10}} too. A {@link CustomLoss} stands by its class, which needs a
 * constructor without parameters. {@code tie_seed} orders equal scores at random.
 */
public final class LossText {

  private LossText() {}

  /**
   * The objective that a text describes.
   *
   * @throws IllegalArgumentException with all faults, one a line
   */
  public static LossObjective parse(String text) {
    return Hocon.isObject(text)
        ? whole(Section.parse(text, "loss"))
        : LossObjective.parse(text.strip());
  }

  /**
   * The objective that a value of a configuration describes.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static LossObjective of(ConfigValue value) {
    return value instanceof ConfigObject object
        ? whole(Section.of(object))
        : LossObjective.parse(String.valueOf(value.unwrapped()));
  }

  /**
   * The objective as one line of JSON, which {@link #parse} reads back to an equal one.
   *
   * @throws IllegalArgumentException for a loss, gain or discount of your own with parameters
   */
  public static String render(LossObjective objective) {
    Map<String, Object> root = new LinkedHashMap<>();
    List<Object> losses = new ArrayList<>();
    for (WeightedLoss term : objective.terms()) {
      Map<String, Object> loss = LossParametersText.describe(term.loss());
      loss.put("weight", term.weight());
      losses.add(loss);
    }
    root.put("losses", losses);
    root.put("reduction", objective.reduction().wireName());
    Long seed = objective.ties().seed();
    if (seed != null) {
      root.put("tie_seed", seed);
    }
    return Hocon.render(root);
  }

  /**
   * The objective in the shortest form that reads back to an equal one: {@code softmax_loss},
   * {@code softmax_loss:0.3,approx_ndcg_loss:0.7}, or JSON.
   */
  public static String shortest(LossObjective objective) {
    String text =
        objective.terms().stream().map(LossText::nameAndWeight).collect(Collectors.joining(","));
    try {
      return LossObjective.parse(text).equals(objective) ? text : render(objective);
    } catch (IllegalArgumentException e) {
      return render(objective); // a loss of a user's own, or one that has to be given parameters
    }
  }

  private static String nameAndWeight(WeightedLoss term) {
    return term.loss().wireName() + (term.weight() == 1 ? "" : ":" + term.weight());
  }

  private static LossObjective whole(Section section) {
    LossObjective objective = read(section);
    section.finish();
    return Objects.requireNonNull(objective);
  }

  /** The objective that a section describes; null after a fault. */
  static @Nullable LossObjective read(Section section) {
    int before = section.faultCount();
    List<WeightedLoss> terms = new ArrayList<>();
    Reduction reduction = reduction(section);
    Long seed = section.whole("tie_seed");
    if (section.has("losses")) {
      int k = 0;
      for (ConfigValue value : section.values("losses")) {
        Section loss = section.below("losses[%s]".formatted(k++), value);
        if (loss != null) {
          addTerm(terms, loss);
        }
      }
      section.rejectUnknownKeys();
    } else {
      addTerm(terms, section);
    }
    if (section.faultCount() > before) {
      return null;
    }
    TieOrder ties = seed == null ? TieOrder.AS_GIVEN : TieOrder.random(seed);
    try {
      return new LossObjective(terms, reduction, ties);
    } catch (IllegalArgumentException e) {
      section.refused(e);
      return null;
    }
  }

  private static void addTerm(List<WeightedLoss> terms, Section section) {
    double weight = section.real("weight", 1);
    RankingLoss loss = LossParametersText.read(section);
    section.rejectUnknownKeys();
    if (loss != null) {
      terms.add(new WeightedLoss(loss, weight));
    }
  }

  private static Reduction reduction(Section section) {
    String name = section.text("reduction", Reduction.AUTO.wireName());
    try {
      return Reduction.ofWireName(name);
    } catch (IllegalArgumentException e) {
      section.fault(String.valueOf(e.getMessage()));
      return Reduction.AUTO;
    }
  }
}
