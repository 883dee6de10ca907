package io.rankline.export.graph;

import io.rankline.frozen.step.Activation;

/** Activation functions as operations. */
final class Activations {

  private static final float HARD_SIGMOID_SLOPE = 0.2f;
  private static final float HARD_SIGMOID_OFFSET = 0.5f;
  private static final float RELU6_TOP = 6;

  private final Operators to;

  Activations(Operators to) {
    this.to = to;
  }

  String write(Activation activation, String x) {
    return switch (activation.function()) {
      case IDENTITY -> x;
      case RELU -> to.unary(Unary.RELU, x);
      case TANH -> to.unary(Unary.TANH, x);
      case SIGMOID -> to.unary(Unary.SIGMOID, x);
      case SOFTPLUS -> to.unary(Unary.SOFTPLUS, x);
      case SWISH -> times(x, to.unary(Unary.SIGMOID, x));
      case GELU -> times(x, to.unary(Unary.SIGMOID, scaled(x, Activation.GELU_SCALE)));
      case SOFTSIGN ->
          to.binary(Binary.OVER, x, to.binary(Binary.PLUS, to.unary(Unary.ABS, x), to.row(1)));
      case ELU -> elu(x, activation.alpha());
      case SELU -> scaled(elu(x, Activation.SELU_ALPHA), Activation.SELU_SCALE);
      case LEAKY_RELU ->
          to.binary(
              Binary.PLUS,
              to.unary(Unary.RELU, x),
              scaled(to.binary(Binary.SMALLER, x, to.row(0)), activation.alpha()));
      case CUBE -> times(times(x, x), x);
      case HARD_TANH -> clipped(x, -1, 1);
      case HARD_SIGMOID ->
          clipped(
              to.binary(Binary.PLUS, scaled(x, HARD_SIGMOID_SLOPE), to.row(HARD_SIGMOID_OFFSET)),
              0,
              1);
      case RELU6 -> clipped(x, 0, RELU6_TOP);
    };
  }

  /** {@code max(x, 0) + alpha * (exp(min(x, 0)) - 1)}. */
  private String elu(String x, double alpha) {
    String below = to.unary(Unary.EXP, to.binary(Binary.SMALLER, x, to.row(0)));
    return to.binary(
        Binary.PLUS,
        to.unary(Unary.RELU, x),
        scaled(to.binary(Binary.MINUS, below, to.row(1)), alpha));
  }

  private String clipped(String x, float least, float most) {
    return to.binary(Binary.LARGER, to.binary(Binary.SMALLER, x, to.row(most)), to.row(least));
  }

  private String times(String x, String y) {
    return to.binary(Binary.TIMES, x, y);
  }

  private String scaled(String x, double factor) {
    return times(x, to.row((float) factor));
  }
}
