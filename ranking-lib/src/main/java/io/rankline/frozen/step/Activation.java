package io.rankline.frozen.step;

import io.rankline.loss.arithmetic.ExpLog;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An activation function, with DL4J's formula.
 *
 * @param alpha slope or scale below 0 of a function that has one; 0 for the others
 */
public record Activation(Function function, double alpha) {

  /** Nothing at all. */
  public static final Activation IDENTITY = new Activation(Function.IDENTITY, 0);

  /** {@code max(x, 0)}. */
  public static final Activation RELU = new Activation(Function.RELU, 0);

  /** Scale of {@code SELU}. */
  public static final double SELU_SCALE = 1.0507009873554805;

  /** Scale below 0 of {@code SELU}. */
  public static final double SELU_ALPHA = 1.6732632423543772;

  /** Scale of the quick form of GELU. */
  public static final double GELU_SCALE = 1.702;

  /** The functions; {@code a} is alpha. */
  public enum Function {
    /** {@code x}. */
    IDENTITY((x, a) -> x),
    /** {@code max(x, 0)}. */
    RELU((x, a) -> Math.max(x, 0)),
    /** The hyperbolic tangent. */
    TANH((x, a) -> tanh(x)),
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID((x, a) -> ExpLog.sigmoid(x)),
    /** {@code x * sigmoid(x)}. */
    SWISH((x, a) -> x * ExpLog.sigmoid(x)),
    /** The quick form, {@code x * sigmoid(1.702 x)}. */
    GELU((x, a) -> x * ExpLog.sigmoid(GELU_SCALE * x)),
    /** {@code ln(1 + exp(x))}. */
    SOFTPLUS((x, a) -> Math.max(x, 0) + ExpLog.log1p(ExpLog.exp(-Math.abs(x)))),
    /** {@code x / (1 + |x|)}. */
    SOFTSIGN((x, a) -> x / (1 + Math.abs(x))),
    /** {@code 1.0507 * (x > 0 ? x : 1.6733 * (exp(x) - 1))}. */
    SELU((x, a) -> SELU_SCALE * (x > 0 ? x : SELU_ALPHA * (ExpLog.exp(x) - 1))),
    /** {@code x > 0 ? x : a * (exp(x) - 1)}. */
    ELU((x, a) -> x > 0 ? x : a * (ExpLog.exp(x) - 1)),
    /** {@code x > 0 ? x : a * x}. */
    LEAKY_RELU((x, a) -> x > 0 ? x : a * x),
    /** {@code x * x * x}. */
    CUBE((x, a) -> x * x * x),
    /** {@code x} cut to [-1, 1]. */
    HARD_TANH((x, a) -> Math.max(-1, Math.min(1, x))),
    /** {@code 0.2 x + 0.5} cut to [0, 1]. */
    HARD_SIGMOID((x, a) -> Math.max(0, Math.min(1, 0.2 * x + 0.5))),
    /** {@code x} cut to [0, 6]. */
    RELU6((x, a) -> Math.max(0, Math.min(6, x)));

    @SuppressWarnings("ImmutableEnumChecker") // formulas have no state
    private final OfNumber formula;

    Function(OfNumber formula) {
      this.formula = formula;
    }
  }

  /** A function of one number. */
  @FunctionalInterface
  private interface OfNumber {
    double at(double x, double alpha);
  }

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
      case "ActivationTanH" -> new Activation(Function.TANH, 0);
      case "ActivationSigmoid" -> new Activation(Function.SIGMOID, 0);
      case "ActivationSwish" -> new Activation(Function.SWISH, 0);
      case "ActivationGELU" ->
          Boolean.TRUE.equals(settings.get("precise")) ? null : new Activation(Function.GELU, 0);
      case "ActivationSoftPlus" -> new Activation(Function.SOFTPLUS, 0);
      case "ActivationSoftSign" -> new Activation(Function.SOFTSIGN, 0);
      case "ActivationSELU" -> new Activation(Function.SELU, 0);
      case "ActivationELU" -> new Activation(Function.ELU, number(settings, 1));
      case "ActivationLReLU" -> new Activation(Function.LEAKY_RELU, number(settings, 0.01));
      case "ActivationCube" -> new Activation(Function.CUBE, 0);
      case "ActivationHardTanH" -> new Activation(Function.HARD_TANH, 0);
      case "ActivationHardSigmoid" -> new Activation(Function.HARD_SIGMOID, 0);
      case "ActivationReLU6" -> new Activation(Function.RELU6, 0);
      default -> null;
    };
  }

  /** Replaces the first values of an array. */
  public void apply(float[] x, int length) {
    switch (function) {
      case IDENTITY -> {}
      case RELU -> {
        for (int i = 0; i < length; i++) {
          x[i] = Math.max(x[i], 0);
        }
      }
      default -> {
        OfNumber formula = function.formula;
        for (int i = 0; i < length; i++) {
          x[i] = (float) formula.at(x[i], alpha);
        }
      }
    }
  }

  /** {@code tanh x}; beside 0 the difference would lose digits. */
  private static double tanh(double x) {
    return Math.abs(x) < 1e-8 ? x : 1 - 2 / (ExpLog.exp(2 * x) + 1);
  }

  private static double number(Map<String, Object> settings, double fallback) {
    return settings.get("alpha") instanceof Number number ? number.doubleValue() : fallback;
  }
}
