package io.rankline.frozen.step;

import io.rankline.loss.arithmetic.ExpLog;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An activation function, under DL4J's name and with its formula. */
interface Activation {

  /** Replaces the first values of an array. */
  void apply(float[] x, int length);

  /** A function of one number. */
  @FunctionalInterface
  interface OfNumber {
    double at(double x);
  }

  /** Nothing at all. */
  Activation IDENTITY = (x, length) -> {};

  /** {@code max(x, 0)}. */
  Activation RELU =
      (x, length) -> {
        for (int i = 0; i < length; i++) {
          x[i] = Math.max(x[i], 0);
        }
      };

  double SELU_SCALE = 1.0507009873554805;
  double SELU_ALPHA = 1.6732632423543772;

  /** Scale of the quick form of GELU. */
  double GELU_SCALE = 1.702;

  /**
   * The function that DL4J saves under a class.
   *
   * @param className without its package
   * @param settings its fields
   * @return null for one that is not known here
   */
  static @Nullable Activation of(String className, Map<String, Object> settings) {
    return switch (className) {
      case "ActivationIdentity" -> IDENTITY;
      case "ActivationReLU" ->
          settings.entrySet().stream()
                  .allMatch(entry -> entry.getKey().equals("@class") || entry.getValue() == null)
              ? RELU
              : null;
      case "ActivationTanH" -> each(Activation::tanh);
      case "ActivationSigmoid" -> each(ExpLog::sigmoid);
      case "ActivationSwish" -> each(x -> x * ExpLog.sigmoid(x));
      case "ActivationGELU" ->
          Boolean.TRUE.equals(settings.get("precise"))
              ? null
              : each(x -> x * ExpLog.sigmoid(GELU_SCALE * x));
      case "ActivationSoftPlus" ->
          each(x -> Math.max(x, 0) + ExpLog.log1p(ExpLog.exp(-Math.abs(x))));
      case "ActivationSoftSign" -> each(x -> x / (1 + Math.abs(x)));
      case "ActivationSELU" ->
          each(x -> SELU_SCALE * (x > 0 ? x : SELU_ALPHA * (ExpLog.exp(x) - 1)));
      case "ActivationELU" -> elu(number(settings, "alpha", 1));
      case "ActivationLReLU" -> leaky(number(settings, "alpha", 0.01));
      case "ActivationCube" -> each(x -> x * x * x);
      case "ActivationHardTanH" -> each(x -> Math.max(-1, Math.min(1, x)));
      case "ActivationHardSigmoid" -> each(x -> Math.max(0, Math.min(1, 0.2 * x + 0.5)));
      case "ActivationReLU6" -> each(x -> Math.max(0, Math.min(6, x)));
      default -> null;
    };
  }

  private static Activation elu(double alpha) {
    return each(x -> x > 0 ? x : alpha * (ExpLog.exp(x) - 1));
  }

  private static Activation leaky(double alpha) {
    return each(x -> x > 0 ? x : alpha * x);
  }

  /** {@code tanh x}; beside 0 the difference would lose digits. */
  private static double tanh(double x) {
    return Math.abs(x) < 1e-8 ? x : 1 - 2 / (ExpLog.exp(2 * x) + 1);
  }

  private static Activation each(OfNumber function) {
    return (x, length) -> {
      for (int i = 0; i < length; i++) {
        x[i] = (float) function.at(x[i]);
      }
    };
  }

  private static double number(Map<String, Object> settings, String name, double fallback) {
    return settings.get(name) instanceof Number number ? number.doubleValue() : fallback;
  }
}
