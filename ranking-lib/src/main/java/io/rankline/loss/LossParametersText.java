package io.rankline.loss;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.rankline.loss.click.PositionBias;
import io.rankline.loss.form.CustomLoss;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.LambdaLossWeight;
import io.rankline.loss.lambda.LambdaWeight;
import io.rankline.loss.lambda.LambdaWeightText;
import io.rankline.loss.pairwise.LambdaLoss;
import io.rankline.loss.sampling.GumbelSampler;
import io.rankline.text.Section;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text form of one loss and its parameters. */
final class LossParametersText {

  /** Switches off the lambda weight of a loss that has one by default. */
  private static final String NONE = "none";

  /** Record components whose parameter has another name. */
  private static final Map<String, LossParameter> RENAMED =
      Map.of(
          "fractionLabels", LossParameter.USE_FRACTION_LABEL,
          "samples", LossParameter.SAMPLE_SIZE,
          "bias", LossParameter.POSITION_BIAS);

  private LossParametersText() {}

  /** The loss that a section describes; null, and a fault, where it says something impossible. */
  static @Nullable RankingLoss read(Section section) {
    if (section.has("class")) {
      return custom(section, section.text("class", ""));
    }
    String name = section.text("name", "");
    if (name.isEmpty()) {
      section.fault("name", "is missing; it is the name of a loss, softmax_loss");
      return null;
    }
    try {
      LossKey key = LossKey.ofWireName(name);
      LossParameters parameters = LossParameters.DEFAULTS;
      for (LossParameter parameter : key.parameters().keySet()) {
        ConfigValue value = section.value(parameter.wireName());
        if (value != null) {
          parameters = with(parameters, parameter, section, value);
        }
      }
      return section.isFaulty() ? null : key.create(parameters);
    } catch (IllegalArgumentException e) {
      section.fault(String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** What {@link #read} reads back to an equal loss. */
  static Map<String, Object> describe(RankingLoss loss) {
    Map<String, Object> text = new LinkedHashMap<>();
    if (loss instanceof CustomLoss) {
      requireReadsBack(loss);
      text.put("class", loss.getClass().getName());
      return text;
    }
    text.put("name", loss.wireName());
    LossKey key = LossKey.ofWireName(loss.wireName());
    for (RecordComponent component : loss.getClass().getRecordComponents()) {
      Object value = valueOf(component, loss);
      if (value instanceof GumbelSampler sampler) {
        put(text, LossParameter.SAMPLE_SIZE, sampler.sampleSize());
        put(text, LossParameter.GUMBEL_TEMPERATURE, sampler.temperature());
        put(text, LossParameter.SEED, sampler.seed());
      } else if (value instanceof LambdaLossWeight weight && loss instanceof LambdaLoss) {
        put(text, LossParameter.TOPN, weight.topn());
        if (key.parameters().containsKey(LossParameter.MU)) {
          put(text, LossParameter.MU, weight.mu());
        }
      } else {
        put(text, parameterOf(component.getName()), value);
      }
    }
    return text;
  }

  private static LossParameters with(
      LossParameters parameters, LossParameter parameter, Section section, ConfigValue value) {
    String key = parameter.wireName();
    Object plain = value.unwrapped();
    switch (parameter.kind()) {
      case LAMBDA -> {
        if (plain.equals(NONE)) {
          return parameters.withoutLambdaWeight();
        }
        LambdaWeight weight = LambdaWeightText.read(section, key, value);
        return weight == null ? parameters : parameters.with(parameter, weight);
      }
      case BIAS -> {
        PositionBias bias = bias(section, key, value);
        return bias == null ? parameters : parameters.with(parameter, bias);
      }
      default -> {
        return parameters.with(parameter, LossParameters.parse(parameter, String.valueOf(plain)));
      }
    }
  }

  private static @Nullable PositionBias bias(Section section, String key, ConfigValue value) {
    if (value instanceof ConfigObject) {
      Section power = section.below(key, value);
      if (power == null) {
        return null;
      }
      double eta = power.real("power", 1);
      int positions = power.whole("positions", 1);
      power.rejectUnknownKeys();
      return PositionBias.ofPower(eta, positions);
    }
    double[] table = section.reals(key).stream().mapToDouble(Double::doubleValue).toArray();
    return section.isFaulty() ? null : new PositionBias(table);
  }

  private static void put(
      Map<String, Object> text, LossParameter parameter, @Nullable Object value) {
    boolean isUnlimited =
        parameter.kind() == LossParameter.Kind.LIMIT
            && value instanceof Integer limit
            && limit == Integer.MAX_VALUE;
    if (value == null && parameter == LossParameter.LAMBDA_WEIGHT) {
      text.put(parameter.wireName(), NONE);
    } else if (value instanceof LambdaWeight weight) {
      text.put(parameter.wireName(), LambdaWeightText.describe(weight));
    } else if (value instanceof PositionBias bias) {
      text.put(parameter.wireName(), Arrays.stream(bias.examination()).boxed().toList());
    } else if (value != null && !isUnlimited) {
      text.put(parameter.wireName(), value);
    }
  }

  private static LossParameter parameterOf(String component) {
    LossParameter renamed = RENAMED.get(component);
    return renamed != null
        ? renamed
        : LossParameter.valueOf(component.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
  }

  private static @Nullable Object valueOf(RecordComponent component, RankingLoss loss) {
    try {
      return component.getAccessor().invoke(loss);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(loss.wireName() + " hides " + component.getName(), e);
    }
  }

  private static @Nullable RankingLoss custom(Section section, String className) {
    try {
      return newInstance(className);
    } catch (ReflectiveOperationException | ClassCastException e) {
      section.fault(
          "class",
          "must name a CustomLoss with a constructor without parameters, got '%s' (%s)"
              .formatted(className, e));
      return null;
    }
  }

  private static void requireReadsBack(RankingLoss loss) {
    try {
      if (loss.equals(newInstance(loss.getClass().getName()))) {
        return;
      }
    } catch (ReflectiveOperationException | ClassCastException e) {
      throw new IllegalArgumentException(notWritable(loss), e);
    }
    throw new IllegalArgumentException(notWritable(loss));
  }

  private static String notWritable(RankingLoss loss) {
    return ("%s (%s) cannot be written as text: a loss of your own is written by its class, which"
            + " needs a constructor without parameters that makes an equal loss")
        .formatted(loss.wireName(), loss.getClass().getName());
  }

  private static RankingLoss newInstance(String className) throws ReflectiveOperationException {
    var constructor = Class.forName(className).getDeclaredConstructor();
    constructor.setAccessible(true);
    return (CustomLoss) constructor.newInstance();
  }
}
