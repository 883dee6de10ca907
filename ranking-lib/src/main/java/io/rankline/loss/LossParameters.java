package io.rankline.loss;

import io.rankline.loss.click.PositionBias;
import io.rankline.loss.lambda.LambdaWeight;
import io.rankline.text.KnownNames;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values for some parameters of a loss; those not given keep their defaults. Immutable. */
public final class LossParameters {

  /** All defaults. */
  public static final LossParameters DEFAULTS =
      new LossParameters(new EnumMap<>(LossParameter.class));

  /** Stands for a lambda weight of null that is given rather than left out. */
  static final Object NO_LAMBDA_WEIGHT = "none";

  private final EnumMap<LossParameter, Object> values;

  private LossParameters(EnumMap<LossParameter, Object> values) {
    this.values = values;
  }

  /**
   * Values as configuration gives them, {@code "sample_size" -> "16"}; {@code null} stands for the
   * default where that is null. Lambda weights and position bias are objects: add them with {@link
   * #with}.
   *
   * @throws IllegalArgumentException naming what is unknown, with the known names nearest first
   */
  public static LossParameters ofText(Map<String, String> text) {
    LossParameters parameters = DEFAULTS;
    for (Map.Entry<String, String> entry : text.entrySet()) {
      LossParameter parameter = ofWireName(entry.getKey());
      if (!parameter.kind().isNullByDefault() || !entry.getValue().equals("null")) {
        parameters = parameters.with(parameter, parse(parameter, entry.getValue()));
      }
    }
    return parameters;
  }

  /**
   * These values and one more.
   *
   * @param value of the kind that the parameter takes: a number, a boolean, a lambda weight
   */
  public LossParameters with(LossParameter parameter, Object value) {
    boolean fits =
        switch (parameter.kind()) {
          case REAL -> value instanceof Number;
          case WHOLE, LIMIT ->
              value instanceof Integer
                  || (value instanceof Long number && number.intValue() == number);
          case SEED -> value instanceof Integer || value instanceof Long;
          case FLAG -> value instanceof Boolean;
          case LAMBDA -> value instanceof LambdaWeight;
          case BIAS -> value instanceof PositionBias;
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "%s must be %s, got '%s'".formatted(parameter.wireName(), parameter.kind().words, value));
    }
    EnumMap<LossParameter, Object> extended = new EnumMap<>(values);
    extended.put(parameter, value);
    return new LossParameters(extended);
  }

  /** These values, and no lambda weight where the loss has one by default. */
  LossParameters withoutLambdaWeight() {
    EnumMap<LossParameter, Object> extended = new EnumMap<>(values);
    extended.put(LossParameter.LAMBDA_WEIGHT, NO_LAMBDA_WEIGHT);
    return new LossParameters(extended);
  }

  /** The parameters that have a value. */
  public Set<LossParameter> given() {
    return Collections.unmodifiableSet(values.keySet());
  }

  @Nullable Object get(LossParameter parameter) {
    return values.get(parameter);
  }

  static LossParameter ofWireName(String wireName) {
    List<String> known =
        Arrays.stream(LossParameter.values()).map(LossParameter::wireName).toList();
    if (!known.contains(wireName)) {
      throw new IllegalArgumentException(
          "unknown loss parameter '%s'; expected one of %s"
              .formatted(wireName, String.join(", ", KnownNames.nearestFirst(wireName, known))));
    }
    return LossParameter.valueOf(wireName.toUpperCase(Locale.ROOT));
  }

  static Object parse(LossParameter parameter, String text) {
    try {
      return switch (parameter.kind()) {
        case REAL -> Double.parseDouble(text);
        case WHOLE, LIMIT -> Integer.parseInt(text);
        case SEED -> Long.parseLong(text);
        case FLAG -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new NumberFormatException(text);
          }
          yield text.equals("true");
        }
        case LAMBDA, BIAS -> text;
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be %s, got '%s'".formatted(parameter.wireName(), parameter.kind().words, text),
          e);
    }
  }
}
