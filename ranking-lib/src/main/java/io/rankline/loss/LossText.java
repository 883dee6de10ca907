package io.rankline.loss;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.rankline.data.TieOrder;
import io.rankline.loss.form.CustomLoss;
import io.rankline.loss.form.RankingLoss;
import io.rankline.text.Hocon;
import io.rankline.text.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * <p>{@link io.rankline.loss.lambda.LambdaWeightText} has the form of {@code lambda_weight}; {@code
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
        ? read(Section.parse(text, "loss"))
        : LossObjective.parse(text.strip());
  }

  /**
   * The objective that a value of a configuration describes.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static LossObjective of(ConfigValue value) {
    return value instanceof ConfigObject object
        ? read(Section.of(object))
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
    return ConfigValueFactory.fromMap(root).render(ConfigRenderOptions.concise());
  }

  private static LossObjective read(Section section) {
    List<WeightedLoss> terms = new ArrayList<>();
    Reduction reduction = reduction(section);
    Long seed = section.whole("tie_seed");
    if (section.has("losses")) {
      int k = 0;
      for (ConfigValue value : section.values("losses")) {
        Section loss = section.below("losses[%d]".formatted(k++), value);
        if (loss != null) {
          addTerm(terms, loss);
        }
      }
      section.rejectUnknownKeys();
    } else {
      addTerm(terms, section);
    }
    section.finish();
    TieOrder ties = seed == null ? TieOrder.AS_GIVEN : TieOrder.random(seed);
    return new LossObjective(terms, reduction, ties);
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
